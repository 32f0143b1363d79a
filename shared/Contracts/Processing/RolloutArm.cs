using System.Text.Json.Serialization;

namespace Vivace.Contracts.Processing;

/// <summary>Where the rollout put the unit (the owner) of a turn.</summary>
[JsonConverter(typeof(WireEnumConverter<RolloutArm>))]
public enum RolloutArm
{
    /// <summary>In neither arm.</summary>
    None,

    /// <summary>Served fast when it asks for it.</summary>
    Fast,

    /// <summary>Served default when it asks for fast, as the concurrent comparison.</summary>
    Control,
}
