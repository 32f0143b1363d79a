using Vivace.ServiceBus.Tests.Faults.Scenarios;
using Xunit.Abstractions;

namespace Vivace.ServiceBus.Tests.Faults;

/// <summary>Every kind of fault, broken connections, a restart and a kill in one run; one that fails names its seed.</summary>
public sealed class MixedFaultTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(FaultSeeds.All), MemberType = typeof(FaultSeeds))]
    public Task Everything_that_goes_wrong_at_once_harms_nothing(int seed)
        => new FaultScenario(seed, FaultMix.Everything, output.WriteLine).RunAsync();
}
