using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vivace.Rollouts.Storage;
using Vivace.Testing.Hosting;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>What is measured last is written when the process stops, or said to be lost.</summary>
public sealed class LastFlushTests
{
    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_store_that_fails_at_the_last_flush_neither_breaks_the_stop_nor_leaves_the_process_among_those_that_are_there()
    {
        using var log = new LogCapture();
        await using var deployment = await RolloutDeployment.StartAsync(new VivaceSetup
        {
            Settings = ["Rollouts:FlushSeconds=10", "Rollouts:ReconcileSeconds=60"],
            Configure = services =>
            {
                var inner = services.Last(s => s.ServiceType == typeof(IRolloutStore)).ImplementationFactory!;
                services.AddSingleton(provider => FailingRolloutStore.Around((IRolloutStore)inner(provider))).AddSingleton<ILoggerProvider>(log);
            },
        });
        await deployment.RollAsync(Plans.Patient("fails-1"));
        await Eventually.GetAsync(() => deployment.SayAsync(0), a => a["processing.arm"] is not "none");
        await deployment.SayAllAsync(5);
        Assert.Equal(1, RolloutTables.Number(deployment, "SELECT COUNT(*) FROM rollout_heartbeats"));
        FailingRolloutStore.Of(deployment.Host.Services.GetRequiredService<IRolloutStore>()).Fails = nameof(IRolloutStore.RecordAsync);
        await RolloutTables.StopsCleanlyAsync(deployment);
        Assert.Equal(1, log.Count("is lost to it"));
    }
}
