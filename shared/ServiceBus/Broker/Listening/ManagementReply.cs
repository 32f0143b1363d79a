using Amqp;
using Amqp.Framing;
using Amqp.Types;
using Vivace.ServiceBus.Broker.Engine;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Builds answers of <c>$management</c>.</summary>
internal static class ManagementReply
{
    private const int Ok = 200;
    private const int NoContent = 204;
    private const int BadRequest = 400;
    private const int NotFound = 404;
    private const int Gone = 410;
    private const int Unavailable = 503;

    public static Message WithBody(Map body) => Reply(Ok, "OK", null, body);

    public static Message Of(string name, object? value) => WithBody(new Map { [name] = value! });

    public static Message Of(QueueFault fault) => fault == QueueFault.None ? WithBody([]) : Reply(Status(fault), Faults.Of(fault));

    public static Message Of(Error error) => Reply(error.Condition == Wire.AmqpNames.Condition.ArgumentError ? BadRequest : Gone, error);

    /// <summary>Messages, or 204 when there are none.</summary>
    public static Message WithMessages(IEnumerable<Map> messages)
    {
        var list = new List();
        foreach (var message in messages)
        {
            list.Add(message);
        }

        return list.Count == 0 ? Reply(NoContent, "No messages", null, []) : Of("messages", list);
    }

    /// <param name="encoded">The sections of a message.</param>
    /// <param name="lockToken">Null when it is not locked.</param>
    public static Map Message(ReadOnlyMemory<byte> encoded, Guid? lockToken)
    {
        var map = new Map { ["message"] = encoded.ToArray() };
        if (lockToken is { } token)
        {
            map["lock-token"] = token;
        }

        return map;
    }

    private static int Status(QueueFault fault) => fault switch
    {
        QueueFault.MessageNotFound => NotFound,
        QueueFault.SessionRequired => BadRequest,
        QueueFault.Unavailable => Unavailable,
        _ => Gone,
    };

    private static Message Reply(int status, Error error) => Reply(status, error.Description, error.Condition, []);

    private static Message Reply(int status, string description, Symbol? condition, Map body)
    {
        var properties = new ApplicationProperties { ["statusCode"] = status, ["statusDescription"] = description };
        if (condition is { } known)
        {
            properties["errorCondition"] = known;
        }

        return new Message { ApplicationProperties = properties, BodySection = new AmqpValue { Value = body } };
    }
}
