using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Models;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>Several processes carry one rollout: each decides only from what the others have written.</summary>
public sealed class SeveralProcessesTests
{
    [Fact]
    public async Task Processes_that_judge_at_the_same_time_make_one_decision()
    {
        await using var first = await RolloutDeployment.StartAsync("Rollouts:ReconcileSeconds=0.1");
        await using var second = await first.BesideAsync(new VivaceSetup { Settings = ["Rollouts:ReconcileSeconds=0.1"] });
        await using var third = await first.BesideAsync(new VivaceSetup { Settings = ["Rollouts:ReconcileSeconds=0.1"] });
        RolloutDeployment[] all = [first, second, third];
        await first.RollAsync(Plans.Patient("several-1"));
        await Task.WhenAll(all.Select(d => Eventually.GetAsync(() => d.SayAsync(0), a => a["processing.arm"] is not "none")));
        first.IsBroken = true;
        await Task.WhenAll(all.Select((d, i) => d.SayAllAsync(30, from: 30 * i)));
        await Task.WhenAll(all.Select(d => d.SeeAsync(a => a["status.state"] == "rolled-back" && a["status.flagConfirmed"] == "true")));
        var (report, entries) = await first.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Single(entries, e => e.At("record.before.state") != "rolled-back" && e.At("record.after.state") == "rolled-back");
        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(e => int.Parse(e.At("sequence")!, CultureInfo.InvariantCulture)));
        Assert.All(await Task.WhenAll(all.Select(d => d.ReplayAsync())), r => Assert.Equal(entries.Count, r.Entries.Count));
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task A_mismatch_ends_it_at_once_from_the_process_that_saw_it_and_every_process_knows()
    {
        // Nobody looks by the clock: what is seen within ten seconds has come by the immediate path.
        string[] patient = ["Rollouts:FlushSeconds=10", "Rollouts:ReconcileSeconds=60"];
        await using var sees = await RolloutDeployment.StartAsync(new VivaceSetup
        {
            Settings = patient,
            Configure = services => services.AddSingleton<ICapability, StrayAction>(),
            Files = new Dictionary<string, string> { ["profiles/stray-v1.json"] = """{"profile":"stray-v1","mode":"fast","model":{"size":"small"},"generation":{"maxModelCalls":1,"retries":0,"deadlineSeconds":5}}""" },
        });
        sees.Script = request => request["model"] == "small-model" && request.Tools.Contains(StrayAction.Name) ? OpenAiAnswer.CallsTool(StrayAction.Name, "{}") : null;
        await using var other = await sees.BesideAsync(new VivaceSetup { Settings = patient, Configure = services => services.AddSingleton<ICapability, StrayAction>() });
        await sees.RollAsync(Plans.Patient("mismatch-1"));
        await Eventually.GetAsync(() => sees.SayAsync(0), a => a["processing.arm"] is not "none");
        var fast = await sees.OfArmAsync("fast", 10);
        Assert.Equal("running", (await other.SeeAsync())["status.state"]);

        var stray = await sees.SayAsync(fast[0], """{"profile":"stray-v1"}""");
        Assert.Equal("fast", stray["processing.effective.mode"]);
        var ended = await other.SeeAsync(a => a["status.state"] == "rolled-back" && a["status.flagConfirmed"] == "true", TimeSpan.FromSeconds(10));
        Assert.Equal(("mismatch", "false"), (ended["status.reason"], ended["flag.runtimeEnabled"]));
        var (report, entries) = await other.ReplayAsync();
        Assert.Null(report.Fault);
        Assert.Equal("1", entries[^1].At("record.inputs.measurements.mismatches.model"));
    }

    /// <summary>Calls a model with the routing of no turn, inside one.</summary>
    private sealed class StrayAction(IServiceProvider services) : IAgentAction
    {
        public const string Name = "STRAY";

        public CapabilityDescriptor Descriptor { get; } = new() { Name = Name, Description = "Calls with the wrong routing.", Tags = ["test"] };

        public JsonElement Parameters { get; } = JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement.Clone();

        public async ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
        {
            using var scope = ModelRoutingScope.Begin(new ModelRouting { TurnId = "another", Mode = ProcessingMode.Fast, Profile = "p", MaxSize = ModelSize.Small });
            await services.GetRequiredService<IChatClient>().GetResponseAsync([new ChatMessage(ChatRole.User, "Hi")], cancellationToken: cancellationToken);
            return new ActionOutcome("never");
        }
    }
}
