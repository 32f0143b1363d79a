using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Rollouts.Reconciling;

/// <summary>Where a rollout stands.</summary>
[JsonConverter(typeof(WireEnumConverter<RolloutState>))]
public enum RolloutState
{
    /// <summary>Nothing has been started.</summary>
    NotStarted,

    /// <summary>It moves on by itself.</summary>
    Running,

    /// <summary>It stays where it is, by a person; the guards go on.</summary>
    Paused,

    /// <summary>Its last step has passed; the guards go on.</summary>
    Completed,

    /// <summary>A gate failed. It never runs again.</summary>
    RolledBack,

    /// <summary>A person ended it. It never runs again.</summary>
    Aborted,
}
