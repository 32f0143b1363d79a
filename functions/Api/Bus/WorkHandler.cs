using System.Text.Json.Serialization.Metadata;

namespace Vivace.Api.Bus;

/// <summary>
/// What becomes of a message that brings work, whether a processor or a trigger took it. Returning settles it; throwing has it
/// delivered again.
/// </summary>
internal sealed partial class WorkHandler(TimeProvider time, ILogger<WorkHandler> logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public async Task HandleAsync<T>(
        ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, object> properties,
        JsonTypeInfo<T> type,
        long deliveryCount,
        Func<T, CancellationToken, Task> handle,
        CancellationToken cancellation)
        where T : class
    {
        if (BusMessages.Read(body, type) is not { } work)
        {
            // Delivering it again would not help.
            Log.Unreadable(logger, typeof(T).Name);
            return;
        }

        using var trace = BusMessages.Continue(typeof(T).Name, properties);
        try
        {
            await handle(work, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            await Task.Delay(PauseAfter(deliveryCount), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>
    /// Between a failure, such as a store that is away, and the next delivery of the same message, which comes at once and
    /// counts against its last: doubling from a second, so that ten deliveries last for three minutes.
    /// </summary>
    private static TimeSpan PauseAfter(long deliveryCount)
        => TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Max(0, deliveryCount - 1))));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A {Kind} could not be read and is dropped")]
        public static partial void Unreadable(ILogger logger, string kind);
    }
}
