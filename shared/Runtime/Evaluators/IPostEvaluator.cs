namespace Vivace.Runtime.Evaluators;

/// <summary>
/// Judges a finished turn; never critical. Runs before the reply is complete or deferred, as the profile says, and must
/// find the same either way on the same input.
/// </summary>
public interface IPostEvaluator : IMessageEvaluator
{
    /// <summary>
    /// What it found. Effects are values of the result, applied once per turn, name and version, however often this is
    /// called. Inline, one that throws or exceeds its deadline is skipped with a reason; deferred, it is tried five times.
    /// </summary>
    ValueTask<PostEvaluation> EvaluateAsync(PostEvaluatorContext context, CancellationToken cancellationToken);
}
