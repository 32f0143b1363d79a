using System.Text.Json;
using System.Text.Unicode;
using Vivace.Contracts.Problems;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Plans;

namespace Vivace.Api.Rollouts;

/// <summary>The body of an operation.</summary>
/// <param name="Plan">The plan to start; null: the configured one, else the default.</param>
/// <param name="Force">Whether to start without a probe.</param>
/// <param name="Reason">Why; at most 200 characters.</param>
internal sealed record RolloutRequest(RolloutPlan? Plan, bool Force, string? Reason)
{
    private const int MaxReason = 200;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>What goes into the audit entry.</summary>
    public OperationNote? Note => OperationNote.Of(Reason, Force);

    /// <summary>Reads a body, which may be empty; all its faults together.</summary>
    public static (RolloutRequest? Request, IReadOnlyList<BodyFault> Faults) Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return (new RolloutRequest(null, false, null), []);
        }

        if (!Utf8.IsValid(body.Span))
        {
            return (null, [new BodyFault("", "The body is not valid UTF-8.")]);
        }

        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : (null, [new BodyFault("", "The body must be a JSON object.")]);
        }
        catch (JsonException)
        {
            return (null, [new BodyFault("", "The body is not valid JSON.")]);
        }
        catch (InvalidOperationException)
        {
            // Valid JSON, which is decoded only where it is looked at.
            return (null, [new BodyFault("", "The body holds half of a surrogate pair, which is not text.")]);
        }
    }

    private static (RolloutRequest? Request, IReadOnlyList<BodyFault> Faults) Read(JsonElement body)
    {
        var faults = new List<BodyFault>();
        var force = Find(body, "force");
        if (force is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            faults.Add(new BodyFault("/force", "force must be true or false."));
        }

        var reason = Find(body, "reason");
        if (reason is { } given && (given.ValueKind != JsonValueKind.String || given.GetString()!.Length > MaxReason))
        {
            faults.Add(new BodyFault("/reason", $"reason must be a string of at most {MaxReason} characters."));
        }

        var plan = Find(body, "plan") is { } json ? ReadPlan(json, faults) : null;
        return faults.Count == 0 ? (new RolloutRequest(plan, force is { ValueKind: JsonValueKind.True }, reason?.GetString()), []) : (null, faults);
    }

    private static RolloutPlan? ReadPlan(JsonElement json, List<BodyFault> faults)
    {
        var plan = RolloutPlanJson.Read(System.Text.Encoding.UTF8.GetBytes(json.GetRawText()), out var found);
        faults.AddRange(found.Select(f => new BodyFault("/plan", f)));
        return plan;
    }

    private static JsonElement? Find(JsonElement body, string name)
        => body.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
