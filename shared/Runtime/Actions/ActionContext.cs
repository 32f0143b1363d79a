using System.Text.Json;
using Microsoft.Extensions.AI;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Actions;

/// <summary>What an action sees of a turn.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Arguments">As the model gave them; not validated against the schema.</param>
/// <param name="Model">A client bound to the turn; calls default to the small model.</param>
public sealed record ActionContext(TurnContext Turn, IReadOnlyDictionary<string, object?> Arguments, IChatClient Model)
{
    /// <summary>A string argument, or null when it is absent or of another type.</summary>
    public string? Text(string name) => Arguments.GetValueOrDefault(name) switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
        _ => null,
    };
}
