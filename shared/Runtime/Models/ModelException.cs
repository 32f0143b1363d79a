namespace Vivace.Runtime.Models;

/// <summary>A model provider's failure, in terms that the pipeline understands.</summary>
/// <param name="failure">What went wrong.</param>
/// <param name="message">For logs: never the conversation's text.</param>
/// <param name="retryAfter">How long the provider asked to wait.</param>
public sealed class ModelException(ModelFailure failure, string message, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public ModelFailure Failure { get; } = failure;

    /// <summary>How long the provider asked to wait.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the same call may succeed when it is made again.</summary>
    public bool IsTransient => Failure is ModelFailure.Throttled or ModelFailure.Unavailable;
}
