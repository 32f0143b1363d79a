using System.Text.Json.Nodes;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>Plans that need no patience.</summary>
internal static class Plans
{
    /// <summary>Steps without minimum time, few units, and pairs that settle at once; a machine's slowness rolls nothing back.</summary>
    public static JsonObject Quick(string id, params int[] percents) => new()
    {
        ["id"] = id,
        ["steps"] = new JsonArray([.. percents.Select(p => (JsonNode)new JsonObject { ["percent"] = p, ["minimumTime"] = "00:00:00", ["minimumUnits"] = 3 })]),
        ["guards"] = new JsonArray(new JsonObject { ["kind"] = "failure" }, new JsonObject { ["kind"] = "unsafe" }),
        ["firstChunkSlo"] = 120,
        ["settling"] = "00:00:00",
        ["coolDown"] = "01:00:00",
    };

    /// <summary>One that stays at its first step.</summary>
    public static JsonObject Patient(string id, int percent = 50)
    {
        var plan = Quick(id, percent);
        plan["steps"]![0]!["minimumTime"] = "1.00:00:00";
        return plan;
    }
}
