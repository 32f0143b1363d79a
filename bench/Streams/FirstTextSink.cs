using System.Diagnostics;
using Vivace.Runtime.Replies;

namespace Vivace.Bench.Streams;

/// <summary>A reader in the same process: notes when the first text came.</summary>
internal sealed class FirstTextSink(long started) : IReplySink
{
    public double FirstMs { get; private set; }

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        FirstMs = FirstMs == 0 ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : FirstMs;
        return ValueTask.CompletedTask;
    }
}
