using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Evaluators;

/// <summary>A critical evaluator of the reply: text is released only when every reviewer has passed it.</summary>
public interface IReplyReviewer : IMessageEvaluator
{
    /// <summary>True when nothing can be said before the whole text is there; the profile then buffers the reply.</summary>
    bool NeedsWholeText => false;

    /// <summary>Begins the review of one reply. One that throws blocks the turn.</summary>
    IReplyReview Begin(TurnContext turn);
}
