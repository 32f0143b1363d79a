using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Vivace.Contracts;

/// <summary>
/// The context to serialise with. Text outside ASCII is written as it is, and beyond the BMP as escaped pairs: bodies are
/// <c>application/json</c> or event streams, never embedded in HTML.
/// </summary>
public static class WireJson
{
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = Encoder, SkipValidation = true };

    /// <summary>Type information of every contract type.</summary>
    public static ContractsJson Context { get; } = new(new JsonSerializerOptions(ContractsJson.Default.Options) { Encoder = Encoder });

    /// <summary>The value as UTF-8, the same as <see cref="Context"/> writes, by generated code.</summary>
    /// <param name="type">
    /// Of <see cref="ContractsJson.Default"/>: generated code writes only where the options have no encoder, which is the writer's here.
    /// </param>
    public static ReadOnlyMemory<byte> ToUtf8<T>(T value, JsonTypeInfo<T> type)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(output, WriterOptions))
        {
            JsonSerializer.Serialize(writer, value, type);
        }

        return output.WrittenMemory;
    }

    /// <summary>The same as text.</summary>
    /// <inheritdoc cref="ToUtf8"/>
    public static string ToText<T>(T value, JsonTypeInfo<T> type) => Encoding.UTF8.GetString(ToUtf8(value, type).Span);
}
