namespace Vivace.Runtime.Storage;

/// <summary>What became of a turn's end.</summary>
public enum CompletionOutcome
{
    /// <summary>It was written.</summary>
    Written,

    /// <summary>Nothing was: the turn has ended, is gone, or belongs to a later attempt.</summary>
    Superseded,

    /// <summary>Nothing was: its owner has asked for its cancellation, so it may not end as done.</summary>
    CancelRequested,
}
