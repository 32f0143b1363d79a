using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Rollouts.Gates;

/// <summary>What was found. Only <see cref="Pass"/> of every gate lets a rollout move on, only <see cref="Fail"/> rolls it back.</summary>
[JsonConverter(typeof(WireEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Good.</summary>
    Pass,

    /// <summary>Not enough is known yet: the rollout holds.</summary>
    Inconclusive,

    /// <summary>It could not be measured, or not as agreed: the rollout holds, and somebody should look.</summary>
    Error,

    /// <summary>Bad.</summary>
    Fail,
}
