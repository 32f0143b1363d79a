namespace Vivace.Runtime.Evaluators;

/// <summary>The review of one reply while it grows. Called from one thread at a time; must take microseconds.</summary>
public interface IReplyReview
{
    /// <summary>Judges the text so far, which extends that of the call before.</summary>
    /// <param name="textSoFar">All of the reply that has been generated.</param>
    /// <param name="complete">Whether nothing will follow.</param>
    ReviewVerdict Review(ReadOnlySpan<char> textSoFar, bool complete);
}
