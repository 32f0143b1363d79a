namespace Vivace.ServiceBus.Tests.Transport;

public sealed class BrokerInOwnProcessTests : TransportConformance
{
    protected override async Task<IBusFixture> OpenAsync() => await ProcessFixture.StartAsync();
}
