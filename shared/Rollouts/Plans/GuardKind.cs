using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Rollouts.Plans;

/// <summary>What a guard compares between the arms: the units that have had at least one such event.</summary>
[JsonConverter(typeof(WireEnumConverter<GuardKind>))]
public enum GuardKind
{
    /// <summary>
    /// A turn of the unit failed. It counts as soon as it is known, so where one arm's turns fail sooner than the other's (a
    /// shorter deadline), an outage of both shows in that arm first: such a rollback is wrong in cause, though not in effect.
    /// </summary>
    Failure,

    /// <summary>A reply to the unit was found unsafe.</summary>
    Unsafe,

    /// <summary>A reply to the unit was scored below the plan's lowest good quality.</summary>
    LowQuality,
}
