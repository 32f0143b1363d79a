using System.Text.Json.Serialization;

namespace Vivace.Contracts.Processing;

/// <summary>Why a turn was not served as requested.</summary>
[JsonConverter(typeof(WireEnumConverter<FallbackReason>))]
public enum FallbackReason
{
    /// <summary>The server does not accept <c>processing</c> at present; it was neither forwarded nor stored.</summary>
    ContractFlagOff,

    /// <summary>Fast mode is switched off.</summary>
    RuntimeFlagOff,

    /// <summary>The unit is in the rollout's control arm.</summary>
    ControlArm,

    /// <summary>The unit is in neither arm of the rollout yet.</summary>
    NotInRollout,

    /// <summary>No profile of that name is loaded.</summary>
    UnknownProfile,

    /// <summary>The profile declares another mode than the one asked for.</summary>
    ProfileModeMismatch,

    /// <summary>The owner's quota of fast messages is used up.</summary>
    QuotaExceeded,
}
