namespace Vivace.Runtime.Safety;

/// <summary>The scan of one text that grows. Not for use from two threads at once.</summary>
public sealed class PhraseScan
{
    private readonly PhraseMatcher matcher;
    private readonly int[] starts;
    private int scanned;
    private int normalizedCount;
    private int state;
    private int runStart;
    private bool afterBoundary = true;

    internal PhraseScan(PhraseMatcher matcher)
    {
        this.matcher = matcher;
        starts = new int[matcher.MaxDepth + 1];
        state = matcher.Step(0, ' ');
    }

    /// <summary>Scans what is new of the text.</summary>
    /// <returns>
    /// Whether it holds a phrase or a secret; else how many UTF-16 units from the start can become part of neither.
    /// </returns>
    public (bool Blocked, int Releasable) Continue(ReadOnlySpan<char> text, bool complete)
    {
        for (; scanned < text.Length; scanned++)
        {
            if (Phrase(text[scanned]) || Secret(text))
            {
                return (true, 0);
            }
        }

        if (complete)
        {
            return (matcher.Ends(matcher.Step(state, ' ')), text.Length);
        }

        return (false, Math.Min(PhraseStart(text.Length), SecretStart(text)));
    }

    private bool Phrase(char c)
    {
        if (PhraseMatcher.NormalizeChar(c) is not { } normalized || (normalized == ' ' && afterBoundary))
        {
            return false;
        }

        afterBoundary = normalized == ' ';
        starts[normalizedCount++ % starts.Length] = scanned;
        state = matcher.Step(state, normalized);
        return matcher.Ends(state);
    }

    private bool Secret(ReadOnlySpan<char> text)
    {
        if (!IsRun(text[scanned]))
        {
            runStart = scanned + 1;
            return false;
        }

        var run = text[runStart..(scanned + 1)];
        return run.Length >= matcher.MinSecretLength && StartsWithSecret(run);
    }

    /// <summary>Where the longest phrase that the text may be in the middle of begins; its leading boundary is no content.</summary>
    private int PhraseStart(int length)
    {
        var held = Math.Min(matcher.Depth(state) - 1, normalizedCount);
        return held <= 0 ? length : starts[(normalizedCount - held) % starts.Length];
    }

    private int SecretStart(ReadOnlySpan<char> text)
    {
        var run = text[runStart..];
        if (run.IsEmpty)
        {
            return text.Length;
        }

        foreach (var prefix in matcher.SecretPrefixes)
        {
            if (run.StartsWith(prefix, StringComparison.Ordinal) || prefix.AsSpan().StartsWith(run, StringComparison.Ordinal))
            {
                return runStart;
            }
        }

        return text.Length;
    }

    private bool StartsWithSecret(ReadOnlySpan<char> run)
    {
        foreach (var prefix in matcher.SecretPrefixes)
        {
            if (run.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRun(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
