namespace Vivace.Rollouts.Measuring;

/// <summary>By time, then by unit in ordinal order.</summary>
internal sealed class FirstTurnOrder : IComparer<(DateTimeOffset At, string Unit)>
{
    public static FirstTurnOrder Instance { get; } = new();

    public int Compare((DateTimeOffset At, string Unit) x, (DateTimeOffset At, string Unit) y)
        => x.At.CompareTo(y.At) is var order and not 0 ? order : string.CompareOrdinal(x.Unit, y.Unit);
}
