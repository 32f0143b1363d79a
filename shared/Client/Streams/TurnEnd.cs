using Vivace.Contracts.Processing;
using Vivace.Contracts.Streams;
using Vivace.Contracts.Turns;

namespace Vivace.Client.Streams;

/// <summary>How the turn ended; the last event of a stream.</summary>
/// <param name="Processing">What was asked for and what was done.</param>
public sealed record TurnEnd(StreamEventId Id, StreamEvent Wire, ProcessingReport Processing) : TurnEvent(Id, Wire)
{
    /// <summary>Done, failed, cancelled or interrupted; never running.</summary>
    public TurnStatus Status => Wire.Type switch
    {
        StreamEventTypes.Done => TurnStatus.Done,
        StreamEventTypes.Cancelled => TurnStatus.Cancelled,
        StreamEventTypes.Interrupted => TurnStatus.Interrupted,
        _ => TurnStatus.Failed,
    };

    /// <summary>The whole text; where an evaluator blocked the turn, its replacement.</summary>
    public string FullText => Wire.FullText ?? "";

    /// <summary>False when the agent chose not to respond.</summary>
    public bool Responded => Wire.Responded ?? false;

    /// <summary>True when an evaluator blocked the turn.</summary>
    public bool Blocked => Wire.Blocked ?? false;

    /// <summary>Why it failed, a constant for programs such as <c>model-failed</c>; null when it did not.</summary>
    public string? Code => Wire.Code;

    /// <summary>Why it failed, a sentence for people; null when it did not.</summary>
    public string? Message => Wire.Message;
}
