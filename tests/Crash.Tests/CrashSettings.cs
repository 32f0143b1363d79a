using System.Text.Json.Nodes;

namespace Vivace.Crash.Tests;

/// <summary>How the processes of the scenarios are set up: short times, profiles of either mode, a scripted model.</summary>
internal static class CrashSettings
{
    /// <summary>A profile that defers its evaluations.</summary>
    public const string Quick = "quick";

    /// <summary>A profile that runs them in the turn, and several model calls.</summary>
    public const string Steady = "steady";

    private const string Fast = """{ "profile": "quick", "mode": "fast", "model": { "size": "small" }, "generation": { "maxModelCalls": 1, "retries": 1, "deadlineSeconds": 8 }, "postEvaluators": { "deferred": true } }""";
    private const string Default = """{ "profile": "steady", "mode": "default", "model": { "size": "large" }, "generation": { "maxModelCalls": 3, "retries": 1, "deadlineSeconds": 8 }, "postEvaluators": { "deferred": false } }""";

    /// <summary>
    /// A message of evaluations is dead-lettered at its second failure: the first is how a store that is away for a moment, or a
    /// killed process, shows. It is sent again only when both failures, a second each, are long past.
    /// </summary>
    public static IReadOnlyList<string> Write(TemporaryFolder folder, ScriptedModel model)
    {
        folder.Write("profiles/quick.json", Fast);
        folder.Write("profiles/steady.json", Default);
        return
        [
            "Logging:LogLevel:Default=Warning", "ServiceBus:Embedded:Port=0", "Streams:CoalesceMilliseconds=5", "Turns:ResendSeconds=1", "Turns:HandOverSeconds=1",
            "Turns:SweepSeconds=1", "Evaluations:ResendSeconds=4", "Evaluations:RetrySeconds=0.1", "ServiceBus:Embedded:Queues:0:Name=evaluations",
            "ServiceBus:Embedded:Queues:0:MaxDeliveryCount=2", .. model.Settings,
        ];
    }

    public static JsonObject Body(string text, string profile) => new() { ["text"] = text, ["processing"] = new JsonObject { ["profile"] = profile } };
}
