namespace Vivace.Rollouts.Measuring;

/// <summary>Turns that were not processed where they should have been; one is too many.</summary>
public sealed record MismatchCounts(long Mode, long Room, long Path, long Model)
{
    /// <summary>No mismatch.</summary>
    public static MismatchCounts None { get; } = new(0, 0, 0, 0);

    /// <summary>Of all kinds.</summary>
    public long Total => Mode + Room + Path + Model;

    /// <summary>The larger of each count.</summary>
    public MismatchCounts Max(MismatchCounts other) => new(
        Math.Max(Mode, other.Mode), Math.Max(Room, other.Room), Math.Max(Path, other.Path), Math.Max(Model, other.Model));

    /// <summary>The sum of each count.</summary>
    public MismatchCounts Plus(MismatchCounts other) => new(
        Mode + other.Mode, Room + other.Room, Path + other.Path, Model + other.Model);
}
