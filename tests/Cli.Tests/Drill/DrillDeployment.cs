using System.Globalization;
using System.Text.Json;
using Vivace.Cli.Tests.Drivers;
using Vivace.Rollouts.Plans;
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

    /// <summary>Begins a turn that the model answers when it is told to.</summary>
    public async Task<Task<Answer>> BeginLongTurnAsync(VivaceHost process, string user)
    {
        var before = model.Talks.Count(t => t.Prompt("user") == LongTurn);
        var turn = SayAsync(process, user, LongTurn);
        await Eventually.TrueAsync(() => model.Talks.Count(t => t.Prompt("user") == LongTurn) > before);
        return turn;
    }

    public void FinishLongTurns() => finish.TrySetResult();

    public async Task<Answer> SayAsync(VivaceHost process, string user, string text)
        => await (await As(process, user).ConverseAsync()).SayAsync(text, Said.Fast);

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

    private static VivaceClient As(VivaceHost process, string user) => process.As("X-Api-Key", Key, "X-Vivace-User", user);
}
