using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Rollouts.Plans;

/// <summary>What a guard compares between the arms: the units that have had at least one such event.</summary>
[JsonConverter(typeof(WireEnumConverter<GuardKind>))]
public enum GuardKind
{
    /// <summary>A turn of the unit failed.</summary>
    Failure,

    /// <summary>A reply to the unit was found unsafe.</summary>
    Unsafe,

    /// <summary>A reply to the unit was scored below the plan's lowest good quality.</summary>
    LowQuality,
}
