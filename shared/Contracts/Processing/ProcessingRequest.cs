namespace Vivace.Contracts.Processing;

/// <summary>
/// What a message asks for. Every member is optional; an absent member falls back to the conversation's default and
/// then to the application's. Scoped to the one message that carries it.
/// </summary>
public sealed record ProcessingRequest
{
    /// <summary>The mode asked for, or null to inherit it.</summary>
    public ProcessingMode? Mode { get; init; }

    /// <summary>A profile's name, <c>[a-z0-9][a-z0-9-]{0,63}</c>. Alone it selects the mode that the profile declares.</summary>
    public string? Profile { get; init; }

    /// <summary>Why the client asks, for people who read turns later: at most 200 UTF-16 units, never a metric tag.</summary>
    public string? Reason { get; init; }

    /// <summary>True when neither a mode nor a profile is asked for, so that processing is inherited.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsInherited => Mode is null && Profile is null;
}
