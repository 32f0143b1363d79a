namespace Vivace.Runtime.Safety;

/// <summary>One way to read a text: its position in the automaton, and where what it may be in the middle of began.</summary>
internal sealed class PhraseTrack
{
    private const char Boundary = PhraseMatcher.Boundary;

    private readonly PhraseMatcher matcher;
    private readonly int[] starts;
    private int count;
    private int state;
    private bool afterBoundary = true;

    public PhraseTrack(PhraseMatcher matcher)
    {
        this.matcher = matcher;
        starts = new int[matcher.MaxDepth + 1];
        state = matcher.Step(0, Boundary);
    }

    private PhraseTrack(PhraseTrack other)
    {
        (matcher, starts, count, state, afterBoundary) = (other.matcher, [.. other.starts], other.count, other.state, other.afterBoundary);
    }

    /// <summary>Whether a phrase would end with the text.</summary>
    public bool EndsHere => matcher.Ends(matcher.Step(state, Boundary));

    /// <summary>Goes on by a character; true where that ends a phrase.</summary>
    /// <param name="at">Its position in the text.</param>
    public bool Take(char normalized, int at)
    {
        if (normalized == Boundary && afterBoundary)
        {
            return false;
        }

        afterBoundary = normalized == Boundary;
        starts[count++ % starts.Length] = at;
        state = matcher.Step(state, normalized);
        return matcher.Ends(state);
    }

    /// <summary>Where the longest phrase that the text may be in the middle of begins; its leading boundary is no content.</summary>
    public int Start(int length)
    {
        var held = Math.Min(matcher.Depth(state) - 1, count);
        return held <= 0 ? length : starts[(count - held) % starts.Length];
    }

    /// <summary>The same text so far, to be read in another way from here.</summary>
    public PhraseTrack Fork() => new(this);

    /// <summary>Whether both go the same way from here.</summary>
    public bool Meets(PhraseTrack other) => state == other.state && afterBoundary == other.afterBoundary;
}
