namespace Vivace.ServiceBus.Tests.Transport;

public sealed class BrokerInProcessTests : TransportConformance
{
    protected override async Task<IBusFixture> OpenAsync() => await InProcessFixture.StartAsync();
}
