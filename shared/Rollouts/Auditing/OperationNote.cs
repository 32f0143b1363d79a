namespace Vivace.Rollouts.Auditing;

/// <summary>What a person said of an operation.</summary>
/// <param name="Reason">Why, in the person's own words; null: not said.</param>
/// <param name="Forced">True where a start went without the probe that it needs; null otherwise.</param>
public sealed record OperationNote(string? Reason = null, bool? Forced = null)
{
    /// <summary>Null where nothing was said.</summary>
    public static OperationNote? Of(string? reason, bool forced) => reason is null && !forced ? null : new(reason, forced ? true : null);
}
