using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Receiving;

/// <summary>The outcomes of settlement, as a link and as the management node take them.</summary>
internal static class Outcomes
{
    public static Rejected DeadLetter(string reason, string? description) => new()
    {
        Error = new Error(new Symbol(AmqpNames.Condition.DeadLetter))
        {
            Info = new Fields
            {
                [new Symbol(AmqpNames.DeadLetter.Reason)] = reason,
                [new Symbol(AmqpNames.DeadLetter.ErrorDescription)] = description ?? "",
            },
        },
    };

    /// <summary>For a message whose link is gone, or that came by its number.</summary>
    public static Map ToRequest(Guid lockToken, Outcome outcome)
    {
        var request = new Map { ["lock-tokens"] = new[] { lockToken } };
        switch (outcome)
        {
            case Rejected { Error: { } error }:
                request["disposition-status"] = "suspended";
                request["deadletter-reason"] = error.Info[new Symbol(AmqpNames.DeadLetter.Reason)];
                request["deadletter-description"] = error.Info[new Symbol(AmqpNames.DeadLetter.ErrorDescription)];
                break;
            case Modified modified:
                request["disposition-status"] = modified.UndeliverableHere ? "defered" : "abandoned";
                break;
            default:
                request["disposition-status"] = "completed";
                break;
        }

        return request;
    }
}
