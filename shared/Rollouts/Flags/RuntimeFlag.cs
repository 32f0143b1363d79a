using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vivace.Rollouts.Flags;

/// <summary>Writes a rollout's allocation into the JSON of the runtime flag; members that it does not know stay as they are.</summary>
public static class RuntimeFlag
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The flag with the two-ended allocation: <c>fast</c> on [0, p), listed first, <c>control</c> on [max(p, 100 − p), 100).
    /// </summary>
    /// <param name="json">The flag as it is stored; null makes one.</param>
    /// <param name="wanted">What it is to be.</param>
    /// <exception cref="ArgumentException">The percentage is not within 0 to 100, or the seed is empty.</exception>
    /// <exception cref="JsonException">The stored flag is not an object.</exception>
    public static string Write(string? json, RolloutAllocation wanted)
    {
        ArgumentException.ThrowIfNullOrEmpty(wanted.Seed);
        if (wanted.Percent is not (>= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(wanted), wanted.Percent, "A percentage is 0 to 100.");
        }

        var flag = json is null ? New(FlagNames.Runtime) : Parse(json);
        flag["enabled"] = wanted.Enabled;
        AddVariant(flag, FlagNames.FastVariant, true);
        AddVariant(flag, FlagNames.ControlVariant, false);
        Allocate(Member(flag, "allocation"), wanted);
        return flag.ToJsonString(Form);
    }

    /// <summary>Any flag, switched on or off and otherwise as it is.</summary>
    /// <param name="name">The flag.</param>
    /// <param name="json">The flag as it is stored; null makes one.</param>
    /// <param name="enabled">Whether it is to be on.</param>
    /// <exception cref="JsonException">The stored flag is not an object.</exception>
    public static string Switch(string name, string? json, bool enabled)
    {
        var flag = json is null ? New(name) : Parse(json);
        flag["enabled"] = enabled;
        return flag.ToJsonString(Form);
    }

    /// <summary>Reads the flag back, and tells whether it still has the shape that <see cref="Write"/> gives it.</summary>
    /// <exception cref="JsonException">It is not of the schema's form.</exception>
    public static RuntimeFlagReading Read(string json)
    {
        var flag = JsonSerializer.Deserialize(json, FlagJson.Default.Flag) ?? throw new JsonException("It holds null.");
        var difference = AllocationShape.Difference(flag);
        return new RuntimeFlagReading(flag.Enabled, difference is null ? AllocationShape.Read(flag) : null, difference);
    }

    private static JsonObject New(string name) => new()
    {
        ["id"] = name,
        ["enabled"] = false,
        ["conditions"] = new JsonObject { ["client_filters"] = new JsonArray() },
    };

    private static JsonObject Parse(string json)
        => JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
            ?? throw new JsonException("A flag is an object.");

    private static JsonObject Member(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject member)
        {
            return member;
        }

        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    private static void AddVariant(JsonObject flag, string name, bool value)
    {
        if (flag["variants"] is not JsonArray variants)
        {
            flag["variants"] = variants = [];
        }

        if (!variants.Any(v => v is JsonObject variant && variant["name"] is JsonValue given && given.TryGetValue(out string? text) && text == name))
        {
            variants.Add((JsonNode)new JsonObject { ["name"] = name, ["configuration_value"] = value });
        }
    }

    private static void Allocate(JsonObject allocation, RolloutAllocation wanted)
    {
        allocation["seed"] = wanted.Seed;
        allocation["percentile"] = new JsonArray(
            Range(FlagNames.FastVariant, 0, wanted.Percent), Range(FlagNames.ControlVariant, wanted.ControlFrom, 100));
        Cohort(allocation, "user", "users", wanted.Users);
        Cohort(allocation, "group", "groups", wanted.Groups);

        // A default would put everybody between the arms into one of them.
        if (allocation["default_when_enabled"] is JsonValue given && given.TryGetValue(out string? name) && name is FlagNames.FastVariant or FlagNames.ControlVariant)
        {
            allocation.Remove("default_when_enabled");
        }
    }

    private static void Cohort(JsonObject allocation, string kind, string members, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            allocation.Remove(kind);
            return;
        }

        var list = new JsonArray([.. names.Select(n => (JsonNode)JsonValue.Create(n))]);
        allocation[kind] = new JsonArray(new JsonObject { ["variant"] = FlagNames.FastVariant, [members] = list });
    }

    private static JsonObject Range(string variant, double from, double to)
        => new() { ["variant"] = variant, ["from"] = from, ["to"] = to };
}
