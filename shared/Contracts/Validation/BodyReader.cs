using System.Text.Json;
using System.Text.Unicode;
using Vivace.Contracts.Problems;
using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Validation;

/// <summary>Reads members of a JSON object and collects every fault instead of stopping at the first.</summary>
internal sealed class BodyReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly List<BodyFault> faults = [];
    private int unknownMembers;

    public IReadOnlyList<BodyFault> Faults => faults;

    /// <summary>Parses a body as one object and reads it; whatever is wrong with it becomes a fault.</summary>
    public static Parsed<T> Read<T>(ReadOnlyMemory<byte> utf8, Func<BodyReader, JsonElement, T?> read)
        where T : class
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            return new(null, [new BodyFault("", "The body is not valid UTF-8.")]);
        }

        using var document = TryParse(utf8, out var fault);
        if (document is null)
        {
            return new(null, [new BodyFault("", fault)]);
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new(null, [new BodyFault("", "The body must be a JSON object.")]);
        }

        var reader = new BodyReader();
        var value = read(reader, document.RootElement);
        return new(reader.faults.Count == 0 ? value : null, reader.faults, reader.unknownMembers);
    }

    /// <summary>Counts the members of an object that are not among those it knows.</summary>
    public void CountUnknown(JsonElement element, params ReadOnlySpan<string> known)
    {
        unknownMembers += element.GetPropertyCount();
        foreach (var name in known)
        {
            unknownMembers -= element.TryGetProperty(name, out _) ? 1 : 0;
        }
    }

    public void Fault(string pointer, string detail) => faults.Add(new BodyFault(pointer, detail));

    /// <summary>A member that is present and not null.</summary>
    public static bool Has(JsonElement parent, string name, out JsonElement member)
        => parent.TryGetProperty(name, out member) && member.ValueKind != JsonValueKind.Null;

    /// <summary>A string of at most <paramref name="maxLength"/> UTF-16 units; null when absent or faulty.</summary>
    public string? Text(JsonElement parent, string path, string name, int maxLength, bool mayBeBlank = true)
    {
        if (!Has(parent, name, out var member))
        {
            return null;
        }

        var pointer = $"{path}/{name}";
        var label = pointer[1..].Replace('/', '.');
        if (member.ValueKind != JsonValueKind.String)
        {
            Fault(pointer, $"{label} must be a string");
            return null;
        }

        if (TextOrNull(member) is not { } value)
        {
            Fault(pointer, $"{label} holds half of a surrogate pair, which is not text");
            return null;
        }

        if (value.Length > maxLength)
        {
            Fault(pointer, $"{label} must have at most {maxLength} characters, has {value.Length}");
            return null;
        }

        if (!mayBeBlank && string.IsNullOrWhiteSpace(value))
        {
            Fault(pointer, $"{label} must not be empty");
            return null;
        }

        return value;
    }

    /// <summary>A mode, exactly <c>"default"</c> or <c>"fast"</c>; null when absent or faulty.</summary>
    public ProcessingMode? Mode(JsonElement parent, string path, string name)
    {
        if (!Has(parent, name, out var member))
        {
            return null;
        }

        switch (TextOrNull(member))
        {
            case "default":
                return ProcessingMode.Default;
            case "fast":
                return ProcessingMode.Fast;
        }

        var pointer = $"{path}/{name}";
        Fault(pointer, $"{pointer[1..].Replace('/', '.')} must be \"default\" or \"fast\"");
        return null;
    }

    /// <summary>A string's value; null when it is no string, or holds an escaped lone surrogate: valid JSON and not valid Unicode.</summary>
    public static string? TextOrNull(JsonElement member)
    {
        try
        {
            return member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8, out string fault)
    {
        try
        {
            fault = "";
            return JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException)
        {
            fault = BodyFlaw.Describe(utf8.Span, Strict.MaxDepth);
        }
        catch (InvalidOperationException)
        {
            // From the search for duplicates, which decodes the names.
            fault = "The name of a member holds half of a surrogate pair, which is not text.";
        }

        return null;
    }
}
