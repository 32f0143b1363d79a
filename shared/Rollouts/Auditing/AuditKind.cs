using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Rollouts.Auditing;

/// <summary>What an entry records.</summary>
[JsonConverter(typeof(WireEnumConverter<AuditKind>))]
public enum AuditKind
{
    /// <summary>A judgement that changed something.</summary>
    Reconcile,

    /// <summary>A person started a rollout.</summary>
    Start,

    /// <summary>A person moved it on.</summary>
    Promote,

    /// <summary>A person paused it.</summary>
    Pause,

    /// <summary>A person resumed it.</summary>
    Resume,

    /// <summary>A person ended it.</summary>
    Abort,
}
