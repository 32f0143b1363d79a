using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Runtime.Capabilities;
using Xunit.Abstractions;

namespace Vivace.Runtime.Tests.Isolation;

public sealed class MixedModeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Turns_of_both_modes_never_meet_the_wrong_model_or_room()
    {
        for (var seed = 1; seed <= Release.Size(2, 20); seed++)
        {
            var turns = Release.Size(1500, 10_000);
            var verdict = await new MixedModeScenario(seed, turns, 500).RunAsync();

            output.WriteLine($"seed {seed}: {turns} turns, {verdict}");
            Assert.Equal((0, 0, 0, 0, 0), (verdict.WrongModels, verdict.WrongRooms, verdict.Lost, verdict.Duplicated, verdict.Failed));
            Assert.InRange(verdict.Cancelled, turns / 50, turns / 8);
            Assert.True(verdict.ModelCalls > 2 * turns);
        }
    }

    [Fact]
    public async Task The_scenario_sees_a_mode_kept_in_a_static_field()
    {
        var verdict = await new MixedModeScenario(1, 500, 50, services => services
            .AddSingleton<IChatClient, StaticFieldRouter>()
            .AddSingleton<ICapability, StaticFieldRouter.Setter>()).RunAsync();

        output.WriteLine(verdict.ToString());
        Assert.True(verdict.WrongModels > 50, $"Only {verdict.WrongModels} wrong models of {verdict.ModelCalls} calls.");
    }
}
