using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Cli.Tests.Drivers.Rollouts;

/// <summary>The documents of the contract, with members that no client knows.</summary>
internal static class RolloutWire
{
    public static IResult Report(RolloutDeployment deployment, FlagAllocation flag)
    {
        var decision = deployment.Last is { } last ? JsonSerializer.SerializeToNode(last, RolloutsJson.Default.Decision) : null;
        var document = new JsonObject
        {
            ["name"] = "fast-mode",
            ["plan"] = JsonSerializer.SerializeToNode(deployment.Plan, RolloutsJson.Default.RolloutPlan),
            ["planFaults"] = new JsonArray(),
            ["status"] = deployment.Status is { } status ? JsonSerializer.SerializeToNode(status, RolloutsJson.Default.RolloutStatus) : null,
            ["verdict"] = decision?["verdict"]?.DeepClone(),
            ["gates"] = decision?["gates"]?.DeepClone() ?? new JsonArray(),
            ["measurements"] = deployment.Measured is { } measured ? JsonSerializer.SerializeToNode(measured, RolloutsJson.Default.Measurements) : null,
            ["flag"] = Flag(flag),
            ["instances"] = 2,
            ["profileHashes"] = new JsonObject(RolloutDeployment.Hashes.Select(h => KeyValuePair.Create<string, JsonNode?>(h.Key, h.Value))),
            ["probe"] = deployment.Probe is { } probe ? JsonNode.Parse(probe.GetRawText()) : null,
            ["head"] = new JsonObject { ["sequence"] = deployment.Head.Sequence, ["hash"] = deployment.Head.Hash },
            ["ofTheFuture"] = new JsonObject { ["members"] = 1 },
        };
        (document["status"] as JsonObject)?.Add("ofTheFuture", true);
        (document["gates"] as JsonArray)?.Add(new JsonObject { ["gate"] = "of-the-future", ["verdict"] = "pass" });
        return Json(200, document);
    }

    public static IResult History(RolloutDeployment deployment, long after, int limit) => Json(200, new JsonObject
    {
        ["lines"] = new JsonArray([.. deployment.Lines.Skip((int)after).Take(limit).Select(l => (JsonNode?)l)]),
        ["head"] = new JsonObject { ["sequence"] = deployment.Head.Sequence, ["hash"] = deployment.Head.Hash },
    });

    public static IResult Problem(int status, string kind, string detail, IReadOnlyList<string>? faults = null)
    {
        var problem = new JsonObject { ["type"] = $"/problems/{kind}", ["title"] = "It cannot be done.", ["status"] = status, ["detail"] = detail };
        if (faults is not null)
        {
            problem["errors"] = new JsonArray([.. faults.Select(f => new JsonObject { ["pointer"] = "/plan", ["detail"] = f })]);
        }

        return Json(status, problem, "application/problem+json");
    }

    public static IResult Json(int status, JsonNode body, string type = "application/json") => Results.Text(body.ToJsonString(), type, statusCode: status);

    private static JsonObject Flag(FlagAllocation flag) => new()
    {
        ["contractEnabled"] = flag.ContractEnabled,
        ["runtimeEnabled"] = flag.RuntimeEnabled,
        ["isRolloutShape"] = flag.IsRolloutShape,
        ["percent"] = flag.Percent,
        ["seed"] = flag.Seed,
    };
}
