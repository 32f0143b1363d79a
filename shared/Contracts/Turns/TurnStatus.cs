using System.Text.Json.Serialization;

namespace Vivace.Contracts.Turns;

/// <summary>State of a turn; every value but <see cref="Running"/> is terminal.</summary>
[JsonConverter(typeof(WireEnumConverter<TurnStatus>))]
public enum TurnStatus
{
    /// <summary>Accepted and not yet ended.</summary>
    Running,

    /// <summary>Ended with a reply, a replacement or a decision not to respond.</summary>
    Done,

    /// <summary>Cancelled by its owner.</summary>
    Cancelled,

    /// <summary>Ended without a reply.</summary>
    Failed,

    /// <summary>The process that ran it was lost after text had been shown.</summary>
    Interrupted,
}
