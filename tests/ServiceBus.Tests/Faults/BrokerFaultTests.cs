using Vivace.ServiceBus.Broker;
using Vivace.ServiceBus.Tests.Faults.Scenarios;
using Xunit.Abstractions;

namespace Vivace.ServiceBus.Tests.Faults;

/// <summary>Nothing lost, nothing done twice, order kept, whatever goes wrong; a run that fails names its seed.</summary>
public sealed class BrokerFaultTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(BrokerFaultKind.None)]
    [InlineData(BrokerFaultKind.DropConnection)]
    [InlineData(BrokerFaultKind.CloseConnection)]
    [InlineData(BrokerFaultKind.DetachLink)]
    [InlineData(BrokerFaultKind.Delay)]
    [InlineData(BrokerFaultKind.Duplicate)]
    [InlineData(BrokerFaultKind.ServerBusy)]
    public Task One_kind_of_fault_at_every_point_harms_nothing(BrokerFaultKind kind) => RunAsync(FaultSeeds.First, FaultMix.Of(kind));

    [Fact]
    public Task A_network_that_breaks_harms_nothing() => RunAsync(FaultSeeds.First, new FaultMix([], Breaks: 4));

    [Fact]
    public Task A_broker_that_restarts_harms_nothing() => RunAsync(FaultSeeds.First, new FaultMix([], Restarts: 2));

    [Fact]
    public Task A_broker_that_is_killed_harms_nothing() => RunAsync(FaultSeeds.First, new FaultMix([], Kills: 2));

    private Task RunAsync(int seed, FaultMix mix) => new FaultScenario(seed, mix, output.WriteLine).RunAsync();
}
