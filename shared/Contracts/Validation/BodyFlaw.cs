using System.Text.Json;

namespace Vivace.Contracts.Validation;

/// <summary>Why a body was refused as a document; the parser's own exceptions tell the reasons apart by their text alone.</summary>
internal static class BodyFlaw
{
    /// <summary>The first reason in the body: where it is no JSON or nests too deep, else the first member that is repeated.</summary>
    public static string Describe(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        // One level more than is allowed, so that it is this loop which meets the first that is not.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth + 1 });
        var names = new Stack<HashSet<string>>();
        string? repeated = null;
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth == maxDepth:
                        return $"The body nests deeper than {maxDepth} levels.";
                    case JsonTokenType.StartObject:
                        names.Push(new HashSet<string>(StringComparer.Ordinal));
                        break;
                    case JsonTokenType.EndObject:
                        names.Pop();
                        break;
                    case JsonTokenType.PropertyName when NameOf(reader) is { } name && !names.Peek().Add(name):
                        repeated ??= name;
                        break;
                }
            }
        }
        catch (JsonException e)
        {
            return $"The body is not well-formed JSON: stopped at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
        }

        return repeated is null ? "The body is not well-formed JSON." : $"The body repeats the member \"{Shortened(repeated)}\".";
    }

    /// <summary>Null where it holds half of a surrogate pair.</summary>
    private static string? NameOf(in Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shortened(string name) => name.Length <= 64 ? name : string.Concat(name.AsSpan(0, 64), "…");
}
