namespace Vivace.Runtime.Evaluators;

/// <summary>Sees the message before anything else does, and may block or rewrite it. Runs in order, one after another.</summary>
public interface IPreEvaluator : IMessageEvaluator
{
    /// <summary>
    /// Judges the message. Within 2 seconds; a critical one that throws or takes longer blocks the turn, another is skipped
    /// and reported.
    /// </summary>
    ValueTask<PreVerdict> EvaluateAsync(PreEvaluatorContext context, CancellationToken cancellationToken);
}
