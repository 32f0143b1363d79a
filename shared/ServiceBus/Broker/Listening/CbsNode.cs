using Amqp;
using Amqp.Framing;
using Vivace.ServiceBus.Wire;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>Takes tokens; one that is valid lets the connection in.</summary>
internal sealed class CbsNode(SharedAccessKey key) : IRequestNode
{
    private const int Accepted = 202;
    private const int BadRequest = 400;
    private const int Unauthorized = 401;

    public void Handle(BrokerConnection connection, Message request, Action<Message> answer)
    {
        if (request.ApplicationProperties?["operation"] as string != AmqpNames.Operation.PutToken)
        {
            answer(Answer(BadRequest, "Only put-token is known."));
        }
        else if (key.IsValid(request.Body as string))
        {
            connection.IsAuthorized = true;
            answer(Answer(Accepted, "Accepted"));
        }
        else
        {
            answer(Answer(Unauthorized, "InvalidSignature: the token is expired or not signed with the broker's key."));
        }
    }

    private static Message Answer(int status, string description) => new()
    {
        ApplicationProperties = new ApplicationProperties { ["status-code"] = status, ["status-description"] = description },
        BodySection = new AmqpValue { Value = null },
    };
}
