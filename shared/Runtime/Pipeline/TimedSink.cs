using Vivace.Runtime.Replies;

namespace Vivace.Runtime.Pipeline;

/// <summary>Notes when the first text is released.</summary>
internal sealed class TimedSink(IReplySink? inner, TimeProvider time, long started) : IReplySink
{
    public double? FirstChunkMs { get; private set; }

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        FirstChunkMs ??= Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 3);
        return inner?.WriteAsync(text, cancellationToken) ?? ValueTask.CompletedTask;
    }
}
