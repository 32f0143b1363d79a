using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vivace.Cli.Tests.Drivers;
using Vivace.Rollouts.Plans;
using Vivace.Runtime.Profiles;
using Vivace.Testing.AppConfiguration;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Cli.Tests.Drill;

/// <summary>Three processes that share a storage folder and a configuration server, which is a process of its own.</summary>
internal sealed class DrillDeployment : IAsyncDisposable
{
    public const string Key = "key-of-ops";

    private const string LongTurn = "Take your time.";
    private const int Users = 60;

    private static readonly TimeSpan Spreading = TimeSpan.FromSeconds(30);

    private readonly StandInProcess configuration;
    private readonly OpenAiStandIn model;
    private readonly TaskCompletionSource finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<VivaceHost> processes = [];

    private DrillDeployment(StandInProcess configuration, OpenAiStandIn model) => (this.configuration, this.model) = (configuration, model);

    public IReadOnlyList<VivaceHost> Processes => processes;

    public static async Task<DrillDeployment> StartAsync()
    {
        var deployment = new DrillDeployment(await StandInProcess.StartAsync(), await OpenAiStandIn.StartAsync());
        deployment.model.Decide = request => request.Prompt("user") == LongTurn ? new OpenAiAnswer { Chunks = ["Done."], Until = deployment.finish.Task } : null;
        for (var i = 0; i < 3; i++)
        {
            deployment.processes.Add(await deployment.JoinAsync());
        }

        return deployment;
    }

    /// <summary>One more process.</summary>
    public Task<VivaceHost> JoinAsync() => VivaceHost.StartAsync(new VivaceSetup
    {
        AsProcess = true,
        Beside = processes.FirstOrDefault(),
        Files = new Dictionary<string, string> { ["profiles/patient-v1.json"] = Patient() },
        Settings =
        [
            .. Keys.Settings((Key, "operator")), "Auth:ApiKeys:0:Roles:1=service", .. model.Settings,
            $"AppConfiguration:ConnectionString={configuration.ConnectionString}", "AppConfiguration:RefreshSeconds=1",
        ],
    });

    public async Task RollAsync(RolloutPlan plan)
    {
        var body = $$"""{"plan":{{JsonSerializer.Serialize(plan, RolloutPlanJson.Default.RolloutPlan)}},"force":true,"reason":"drill"}""";
        var started = await As(processes[0], "ops").PostAsync("/api/rollouts/fast-mode/start", body);
        Assert.True(started.Status == 200, started.ToString());
    }

    /// <summary>A user whom every process serves fast.</summary>
    public async Task<string> FastUserAsync()
    {
        for (var i = 0; i < Users; i++)
        {
            var user = string.Create(CultureInfo.InvariantCulture, $"user-{i}");
            var seen = await Eventually.GetAsync(() => SayAsync(processes[0], user, "Hi"), a => a["processing.arm"] is "fast" or "control", Spreading);
            if (seen["processing.arm"] == "fast")
            {
                await Task.WhenAll(processes.Select(p => Eventually.GetAsync(() => SayAsync(p, user, "Hi"), a => a["processing.effective.mode"] == "fast", Spreading)));
                return user;
            }
        }

        throw new InvalidOperationException("Nobody is served fast.");
    }

    /// <summary>Begins a turn in every process, all of which the model answers when it is told to.</summary>
    public async Task<Task<Answer>[]> BeginLongTurnsAsync(string user)
    {
        var turns = processes.Select(p => SayAsync(p, user, LongTurn, """{"mode":"fast","profile":"patient-v1"}""")).ToArray();
        await Eventually.TrueAsync(() => model.Talks.Count(t => t.Prompt("user") == LongTurn) >= turns.Length, Spreading);
        return turns;
    }

    public void FinishLongTurns() => finish.TrySetResult();

    public async Task<Answer> SayAsync(VivaceHost process, string user, string text, string processing = Said.Fast)
        => await (await As(process, user).ConverseAsync()).SayAsync(text, processing);

    public async ValueTask DisposeAsync()
    {
        FinishLongTurns();
        foreach (var process in Enumerable.Reverse(processes))
        {
            await process.DisposeAsync();
        }

        await model.DisposeAsync();
        await configuration.DisposeAsync();
    }

    /// <summary>The fast profile, but its turns are not given up while a drill lasts.</summary>
    private static string Patient()
    {
        var profile = JsonNode.Parse(ProfileLoader.Builtin().Single(p => p.Name == "fast-v1").Json.Span)!;
        profile["profile"] = "patient-v1";
        profile["generation"]!["deadlineSeconds"] = 300;
        return profile.ToJsonString();
    }

    private static VivaceClient As(VivaceHost process, string user) => process.As("X-Api-Key", Key, "X-Vivace-User", user);
}
