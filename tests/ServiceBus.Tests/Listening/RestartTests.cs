using Vivace.ServiceBus.Tests.Drivers;
using Vivace.Sqlite.Broker;

namespace Vivace.ServiceBus.Tests.Listening;

public sealed class RestartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vivace-broker-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The files as they are while the broker runs are what a killed process leaves.</summary>
    [Fact]
    public async Task What_was_acknowledged_survives_a_kill()
    {
        using var journal = Open(folder);
        await using var broker = await TestBroker.StartAsync(journal);
        await using var client = await RawClient.ConnectAsync(broker);
        var sender = client.Sender("plain");
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(await RawClient.SendAsync(sender, RawClient.Message($"{i}")));
        }

        var copy = Directory.CreateDirectory(Path.Combine(folder, "copy")).FullName;
        foreach (var file in Directory.GetFiles(folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        using var later = Open(copy);
        await using var successor = await TestBroker.StartAsync(later);
        await using var again = await RawClient.ConnectAsync(successor);
        var receiver = again.Receiver("plain");
        receiver.SetCredit(50);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal($"{i}", (await RawClient.ReceiveAsync(receiver)).Body);
        }
    }

    [Fact]
    public async Task A_broker_that_stops_leaves_its_port_and_its_messages_uncounted()
    {
        using var port = new ReservedPort();
        using (var journal = Open(folder))
        {
            await using var broker = await TestBroker.StartAsync(journal, port: port.Number);
            Assert.Equal(port.Number, broker.Port);
            var client = await RawClient.ConnectAsync(broker);
            await RawClient.SendAsync(client.Sender("plain"), RawClient.Message("one"));
            var receiver = client.Receiver("plain");
            receiver.SetCredit(1);
            await RawClient.ReceiveAsync(receiver);
        }

        using var later = Open(folder);
        await using var successor = await TestBroker.StartAsync(later, port: port.Number);
        Assert.Equal(port.Number, successor.Port);
        await using var again = await RawClient.ConnectAsync(successor);
        var next = again.Receiver("plain");
        next.SetCredit(1);
        Assert.Equal(0u, (await RawClient.ReceiveAsync(next)).Header.DeliveryCount);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_left_for_a_free_one()
    {
        await using var first = await TestBroker.StartAsync();
        await using var second = await TestBroker.StartAsync(port: first.Port);
        Assert.NotEqual(first.Port, second.Port);
        await using var client = await RawClient.ConnectAsync(second);
    }

    private static SqliteBrokerJournal Open(string folder) => new(new() { Folder = folder });
}
