using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vivace.Api.Tests.Auth;
using Vivace.Rollouts.Auditing;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>A deployment with an operator and any number of users, and a model whose fast arm is the faster one.</summary>
internal sealed class RolloutDeployment : IAsyncDisposable
{
    /// <summary>What the default model takes to its first word; the fast one takes none.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Task<Conversation>> conversations = new(StringComparer.Ordinal);
    private readonly OpenAiStandIn model;
    private readonly bool ownsModel;

    private RolloutDeployment(VivaceHost host, OpenAiStandIn model, bool ownsModel) => (Host, this.model, this.ownsModel) = (host, model, ownsModel);

    public VivaceHost Host { get; }

    /// <summary>Whether the fast model fails.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Whether both models fail.</summary>
    public bool IsAllBroken { get; set; }

    /// <summary>Decides before anything else what a model answers; null leaves it to the rest.</summary>
    public Func<OpenAiRequest, OpenAiAnswer?>? Script { get; set; }

    public VivaceClient Operator => Host.WithKey("key-of-ops");

    public static Task<RolloutDeployment> StartAsync(params string[] settings) => StartAsync(new VivaceSetup { Settings = settings });

    public static async Task<RolloutDeployment> StartAsync(VivaceSetup setup, RolloutDeployment? beside = null)
    {
        var model = beside?.model ?? await OpenAiStandIn.StartAsync();
        string[] keys = Keys.Settings(("ops", "key-of-ops", "operator"), ("web", "key-of-web", "service"));
        string[] pace = ["Rollouts:FlushSeconds=0.2", "Rollouts:ReconcileSeconds=0.2"];
        var host = await VivaceHost.StartAsync(setup with { Settings = [.. keys, .. model.Settings, .. pace, .. setup.Settings], Beside = beside?.Host });
        var deployment = new RolloutDeployment(host, model, beside is null);
        model.Decide ??= (OpenAiRequest request) => deployment.Script?.Invoke(request) is { } scripted ? scripted
            : deployment.IsAllBroken ? OpenAiAnswer.Fails(400)
            : request["model"] == "small-model" ? deployment.IsBroken ? OpenAiAnswer.Fails(400) : null
            : OpenAiAnswer.Says("Hello.") with { FirstByteAfter = Slow };
        return deployment;
    }

    public Task<RolloutDeployment> BesideAsync(VivaceSetup? setup = null) => StartAsync(setup ?? new VivaceSetup(), this);

    public Task<Answer> SeeAsync() => Operator.GetAsync("/api/rollouts/fast-mode");

    /// <summary>Waits until the rollout is seen so.</summary>
    public Task<Answer> SeeAsync(Func<Answer, bool> so, TimeSpan? within = null)
        => Eventually.GetAsync(SeeAsync, so, within ?? TimeSpan.FromSeconds(20));

    public Task<Answer> MoveAsync(string move, string? body = null) => Operator.PostAsync($"/api/rollouts/fast-mode/{move}", body);

    /// <summary>Starts a plan without a probe.</summary>
    public async Task<Answer> RollAsync(JsonObject plan)
    {
        var answer = await MoveAsync("start", new JsonObject { ["plan"] = plan.DeepClone(), ["force"] = true }.ToJsonString());
        Assert.Equal(200, answer.Status);
        return answer;
    }

    /// <summary>Says something as a user of the service.</summary>
    public async Task<Answer> SayAsync(int user, string? processing = Said.Fast, params string[] headers)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"user-{user}");
        var client = Host.As(["X-Api-Key", "key-of-web", "X-Vivace-User", name, .. headers]);
        var conversation = await conversations.GetOrAdd(name, _ => client.ConverseAsync());
        return await conversation.SeenBy(client).SayAsync("Hi", processing);
    }

    /// <summary>Everybody says something once.</summary>
    public Task<Answer[]> SayAllAsync(int users, int from = 0) => Task.WhenAll(Enumerable.Range(from, users).Select(u => SayAsync(u)));

    /// <summary>Users of an arm, by their replies.</summary>
    public async Task<IReadOnlyList<int>> OfArmAsync(string arm, int users)
        => [.. (await SayAllAsync(users)).Index().Where(a => a.Item["processing.arm"] == arm).Select(a => a.Index)];

    /// <summary>The whole audit log, replayed.</summary>
    public async Task<(ReplayReport Report, IReadOnlyList<JsonElement> Entries)> ReplayAsync()
    {
        var history = await Operator.GetAsync("/api/rollouts/fast-mode/history");
        string[] lines = [.. history.Json.GetProperty("lines").EnumerateArray().Select(l => l.GetString()!)];
        var head = new AuditHead(long.Parse(history["head.sequence"]!, CultureInfo.InvariantCulture), history["head.hash"]!);
        return (AuditReplay.Replay(lines, head), [.. lines.Select(l => JsonDocument.Parse(l).RootElement.Clone())]);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (ownsModel)
        {
            await model.DisposeAsync();
        }
    }
}
