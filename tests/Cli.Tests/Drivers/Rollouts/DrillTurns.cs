using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Tests.Drivers.Rollouts;

/// <summary>Conversations, as far as a drill needs them: marked turns that are served fast fail, or are late by what they report.</summary>
internal sealed class DrillTurns(RolloutDeployment deployment, TimeSpan late)
{
    private readonly ConcurrentDictionary<string, string> conversations = new();
    private int last;

    /// <summary>Conversations that are there.</summary>
    public int Conversations => conversations.Count;

    /// <summary>The users that sent something; empty without keys.</summary>
    public ConcurrentBag<string> Users { get; } = [];

    /// <summary>A deployment that does not know the header.</summary>
    public bool IgnoresDrills { get; set; }

    /// <summary>Called with the number of every message.</summary>
    public Action<int> Asked { get; set; } = _ => { };

    public void Map(WebApplication app)
    {
        app.MapPost("/api/conversations", Create);
        app.MapPost("/api/conversations/{id}/messages", (string id, HttpRequest request) => Say(id, request));
        app.MapDelete("/api/conversations/{id}", (string id) => conversations.TryRemove(id, out _) ? Results.NoContent() : RolloutWire.Problem(404, "not-found", "Gone."));
    }

    private IResult Create(HttpRequest request)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"c{Interlocked.Increment(ref last)}");
        var user = (string?)request.Headers["X-Vivace-User"];
        conversations[id] = user ?? id;
        if (user is not null)
        {
            Users.Add(user);
        }

        var conversation = new JsonObject { ["id"] = id, ["title"] = "Drill", ["roomId"] = "r", ["createdAt"] = "2026-01-01T00:00:00Z", ["updatedAt"] = "2026-01-01T00:00:00Z" };
        return RolloutWire.Json(201, new JsonObject { ["conversation"] = conversation });
    }

    private IResult Say(string id, HttpRequest request)
    {
        Asked(last);
        var unit = conversations[id];
        var (arm, flag) = (deployment.ArmOf(unit), deployment.Flag(late));
        var reason = !flag.ContractEnabled ? "contract-flag-off" : !flag.RuntimeEnabled ? "runtime-flag-off" : arm == RolloutArm.Control ? "control-arm" : null;
        var fault = reason is null && !IgnoresDrills ? (string?)request.Headers["X-Vivace-Drill"] : null;
        var firstChunk = fault == "latency" ? 3 : arm == RolloutArm.Fast ? 0.1 : 1.0;
        if (flag is { ContractEnabled: true, RuntimeEnabled: true })
        {
            deployment.Count(unit, fault == "error" ? null : firstChunk, fault == "error");
        }

        var report = Report(arm, reason, firstChunk);
        return fault == "error"
            ? RolloutWire.Json(502, new JsonObject { ["type"] = "/problems/model-failed", ["title"] = "Failed.", ["status"] = 502, ["turnId"] = "t", ["processing"] = report }, "application/problem+json")
            : RolloutWire.Json(200, new JsonObject
            {
                ["text"] = "2", ["agentName"] = "Vivace", ["turnId"] = "t", ["roomId"] = "r", ["responded"] = true, ["blocked"] = false, ["processing"] = report,
            });
    }

    private static JsonObject Report(RolloutArm arm, string? reason, double firstChunk)
    {
        var (mode, profile) = reason is null ? ("fast", "fast-v1") : ("default", "default");
        var report = new JsonObject
        {
            ["requested"] = new JsonObject { ["mode"] = "fast" },
            ["effective"] = new JsonObject { ["mode"] = mode, ["profile"] = profile },
            ["decidedBy"] = reason is null ? "message" : "runtime-flag",
            ["arm"] = arm == RolloutArm.Fast ? "fast" : "control",
            ["flagVersion"] = "v",
            ["path"] = "local",
            ["timings"] = new JsonObject { ["totalMs"] = firstChunk * 1000, ["firstChunkMs"] = firstChunk * 1000, ["stages"] = new JsonObject() },
        };
        if (reason is not null)
        {
            report["reason"] = reason;
        }

        return report;
    }
}
