using System.Text.Json.Serialization.Metadata;
using Vivace.Api.Bodies;
using Vivace.Api.Bus;
using Vivace.Api.Problems;
using Vivace.Contracts.Problems;

namespace Vivace.Api.Triggers;

/// <summary>
/// Runs what a call of the host brings, and answers as it understands: success settles the message, anything else has it
/// delivered again.
/// </summary>
internal sealed partial class TriggerRunner(WorkHandler work, ILogger<TriggerRunner> logger)
{
    public Task<IResult> RunMessagesAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<T, CancellationToken, Task> handle)
        where T : class
        => RunAsync(context, TriggerPayload.ReadMessages, async (messages, cancellation) =>
        {
            foreach (var message in messages)
            {
                Log.Received(logger, typeof(T).Name, message.MessageId, message.SequenceNumber, message.DeliveryCount);
                await work.HandleAsync(message.Body, message.ApplicationProperties, type, message.DeliveryCount ?? 1, handle, cancellation);
            }
        });

    public Task<IResult> RunTimerAsync(HttpContext context, Func<CancellationToken, Task> run)
        => RunAsync(context, TriggerPayload.ReadTimer, (timer, cancellation) =>
        {
            Log.Due(logger, context.Request.Path, timer.IsPastDue, timer.Next);
            return run(cancellation);
        });

    private async Task<IResult> RunAsync<TPayload>(
        HttpContext context, Func<ReadOnlyMemory<byte>, (TPayload? Payload, Problem? Fault)> read, Func<TPayload, CancellationToken, Task> run)
        where TPayload : class
    {
        var cancellation = context.RequestAborted;
        var body = await RequestBody.ReadAsync(context.Request, mayBeEmpty: false, cancellation);
        var (payload, fault) = body.Fault is null ? read(body.Bytes) : (null, body.Fault);
        if (payload is null)
        {
            Log.Refused(logger, context.Request.Path, fault!.Detail);
            return new ProblemResult(fault);
        }

        try
        {
            await run(payload, cancellation);
            return Done();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.Failed(logger, context.Request.Path, e.GetType().Name, e.StackTrace);
            return new ProblemResult(ProblemKinds.Internal);
        }
    }

    /// <summary>An empty answer, or one that is not JSON, would fail the invocation or leave it hanging.</summary>
    private static IResult Done() => Results.Bytes("""{"Outputs":{},"Logs":[],"ReturnValue":null}"""u8.ToArray(), "application/json");

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "A {Kind} came: message {MessageId}, sequence number {SequenceNumber}, delivery {DeliveryCount}")]
        public static partial void Received(ILogger logger, string kind, string? messageId, long? sequenceNumber, long? deliveryCount);

        [LoggerMessage(LogLevel.Debug, "{Function} is due (late: {IsPastDue}), and next at {Next}")]
        public static partial void Due(ILogger logger, string function, bool isPastDue, DateTimeOffset? next);

        [LoggerMessage(LogLevel.Error, "The host's call to {Function} is refused: {Fault}")]
        public static partial void Refused(ILogger logger, string function, string? fault);

        [LoggerMessage(LogLevel.Error, "{Function} failed, and the host tries again: {Fault} {Where}")]
        public static partial void Failed(ILogger logger, string function, string fault, string? where);
    }
}
