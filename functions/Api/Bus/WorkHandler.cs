using System.Text.Json.Serialization.Metadata;

namespace Vivace.Api.Bus;

/// <summary>
/// What becomes of a message that brings work, whether a processor or a trigger took it. Returning settles it; throwing has it
/// delivered again.
/// </summary>
internal sealed partial class WorkHandler(TimeProvider time, ILogger<WorkHandler> logger)
{
    /// <summary>
    /// Between a failure, such as a store that is away, and the next delivery of the same message, which comes at once and
    /// counts against its last.
    /// </summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    public async Task HandleAsync<T>(
        ReadOnlyMemory<byte> body,
        IReadOnlyDictionary<string, object> properties,
        JsonTypeInfo<T> type,
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
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(PauseAfterFailure, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A {Kind} could not be read and is dropped")]
        public static partial void Unreadable(ILogger logger, string kind);
    }
}
