namespace Vivace.ServiceBus.Broker.Engine;

/// <summary>What a change of a queue leads to outside of its lock.</summary>
internal struct Aftermath
{
    private QueueReceiver? receiver;
    private List<QueueReceiver>? more;
    private List<Action>? actions;

    public void Flush(QueueReceiver next)
    {
        if (receiver is null || receiver == next)
        {
            receiver = next;
        }
        else if ((more ??= []) is var rest && (rest.Count == 0 || rest[^1] != next))
        {
            rest.Add(next);
        }
    }

    public void Do(Action action) => (actions ??= []).Add(action);

    public readonly void Run()
    {
        receiver?.Flush();
        foreach (var next in more ?? [])
        {
            next.Flush();
        }

        foreach (var action in actions ?? [])
        {
            action();
        }
    }
}
