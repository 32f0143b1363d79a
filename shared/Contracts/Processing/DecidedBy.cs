using System.Text.Json.Serialization;

namespace Vivace.Contracts.Processing;

/// <summary>What had the last word on a turn's mode: one of the three defaults, in order of precedence, or a gate.</summary>
[JsonConverter(typeof(WireEnumConverter<DecidedBy>))]
public enum DecidedBy
{
    /// <summary>The message's own <c>processing</c>.</summary>
    Message,

    /// <summary>The conversation's default mode.</summary>
    Conversation,

    /// <summary>The application's default mode.</summary>
    Application,

    /// <summary>Flag <c>fast-mode-contract</c> is off.</summary>
    ContractFlag,

    /// <summary>Flag <c>fast-mode-runtime</c> is off.</summary>
    RuntimeFlag,

    /// <summary>The rollout did not put this unit in the fast arm.</summary>
    RolloutArm,

    /// <summary>The profile asked for cannot serve the message.</summary>
    Profile,

    /// <summary>The owner's quota of fast messages is used up.</summary>
    Quota,
}
