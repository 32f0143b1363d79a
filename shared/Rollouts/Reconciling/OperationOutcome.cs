namespace Vivace.Rollouts.Reconciling;

/// <summary>What came of a person's operation: a decision, or why it was refused.</summary>
public sealed record OperationOutcome
{
    private OperationOutcome(Decision? decision, string? refusal) => (Decision, Refusal) = (decision, refusal);

    /// <summary>Null when it was refused.</summary>
    public Decision? Decision { get; }

    /// <summary>A sentence; null when it was done.</summary>
    public string? Refusal { get; }

    internal static OperationOutcome Done(Decision decision) => new(decision, null);

    internal static OperationOutcome Refused(string refusal) => new(null, refusal);
}
