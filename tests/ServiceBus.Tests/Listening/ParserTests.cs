using Amqp;
using Amqp.Framing;
using Vivace.ServiceBus.Broker.Listening;
using Vivace.ServiceBus.Tests.Drivers;

namespace Vivace.ServiceBus.Tests.Listening;

/// <summary>Messages that no client would send are refused, and nothing else happens.</summary>
public sealed class ParserTests
{
    [Fact]
    public void Values_described_within_one_another_are_refused_however_deep()
    {
        var nested = new byte[900_000];
        (nested[1], nested[2]) = (0x53, 0x75);
        Refused(nested);
        Refused([0x00, 0x53, 0x75, 0x00, 0x00, 0x53, 0x01, 0x53, 0x02, 0x40]);
    }

    [Fact]
    public void A_list_that_ends_before_it_began_or_after_the_message_is_refused()
    {
        Refused([0x00, 0x53, 0x70, 0xC0, 0x00, 0x00]);
        Refused([0x00, 0x53, 0x70, 0xC0, 0xFF, 0x00]);
        Refused([0x00, 0x53, 0x70, 0xD0, 0x7F, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00]);
    }

    [Fact]
    public void Times_out_of_range_are_refused()
    {
        Refused(EncodedMessage.Of(new Message { MessageAnnotations = new MessageAnnotations { [new Amqp.Types.Symbol("x-opt-scheduled-enqueue-time")] = ulong.MaxValue } }));
        Refused([0x00, 0x53, 0x70, 0xC0, 0x0C, 0x03, 0x40, 0x40, 0x80, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
    }

    [Fact]
    public void A_session_id_of_129_characters_is_refused()
    {
        Assert.Equal(128, MessageParser.Single(WithSession(128)).SessionId!.Length);
        Refused(WithSession(129));
    }

    private static byte[] WithSession(int length) => EncodedMessage.Of(new Message { Properties = new Properties { GroupId = new string('s', length) } });

    private static void Refused(byte[] message) => Assert.Throws<InvalidDataException>(() => MessageParser.Single(message));
}
