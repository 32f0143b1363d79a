using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vivace.Contracts;

/// <summary>
/// The context to serialise with. Text outside ASCII is written as it is: bodies are <c>application/json</c> or event
/// streams, never embedded in HTML.
/// </summary>
public static class WireJson
{
    /// <summary>Type information of every contract type.</summary>
    public static ContractsJson Context { get; } = new(new JsonSerializerOptions(ContractsJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
