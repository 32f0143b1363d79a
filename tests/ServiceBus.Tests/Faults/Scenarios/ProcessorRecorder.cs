using Vivace.ServiceBus.Tests.Faults.Recording;

namespace Vivace.ServiceBus.Tests.Faults.Scenarios;

/// <summary>
/// Handles the messages of a processor and writes down what becomes of them. The processor settles by itself; the client's
/// observer hears of that in the same flow of control, to which the delivery at hand is attached.
/// </summary>
internal sealed class ProcessorRecorder(History history, string queue, string name, int seed, bool oneByOne, TimeSpan slow) : IServiceBusObserver
{
    private readonly AsyncLocal<DeliveryRecord?> current = new();

    /// <summary>Not asynchronous itself, so that what it attaches to the flow of control is seen by its caller.</summary>
    public Task HandleAsync(ProcessMessageEventArgs args)
    {
        var record = DeliveryRecord.Begin(history, queue, args.Message, name, oneByOne);
        current.Value = record;
        return HandleAsync(args, record);
    }

    public Task FailAsync(ProcessErrorEventArgs args)
    {
        if (args.ErrorSource is ServiceBusErrorSource.Complete or ServiceBusErrorSource.Abandon)
        {
            current.Value?.Failed(args.Exception);
        }
        else if (args.ErrorSource is not ServiceBusErrorSource.ProcessMessageCallback)
        {
            history.Add(new HistoryEvent.ReceiverFailed(queue, name, $"{args.ErrorSource}: {args.Exception.Message}"));
        }

        return Task.CompletedTask;
    }

    public ValueTask BeforeAsync(ServiceBusOperation operation, string entityPath)
    {
        current.Value?.Settling(operation == ServiceBusOperation.Complete ? SettlementName.Complete : SettlementName.Abandon);
        return ValueTask.CompletedTask;
    }

    public ValueTask AfterAsync(ServiceBusOperation operation, string entityPath)
    {
        current.Value?.Settled();
        return ValueTask.CompletedTask;
    }

    private async Task HandleAsync(ProcessMessageEventArgs args, DeliveryRecord record)
    {
        var random = new Random(HashCode(args.Message));
        await Task.Delay(random.Next(60) == 0 ? slow : TimeSpan.FromMilliseconds(random.Next(3)), CancellationToken.None);
        if (args.Message.Body.ToString().StartsWith(ScenarioSender.Poison, StringComparison.Ordinal) || random.Next(30) == 0)
        {
            throw new InvalidOperationException("The handler fails.");
        }

        record.Done();
    }

    /// <summary>By message and delivery, so that a seed brings the same again.</summary>
    private int HashCode(ServiceBusReceivedMessage message)
    {
        unchecked
        {
            return (message.MessageId ?? "").Aggregate((seed * 31) + message.DeliveryCount, (hash, letter) => (hash * 31) + letter);
        }
    }
}
