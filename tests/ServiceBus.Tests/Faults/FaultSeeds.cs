namespace Vivace.ServiceBus.Tests.Faults;

/// <summary>The seeds of the runs; <c>VIVACE_SEED</c> names another first one, to replay a run or to try others.</summary>
public static class FaultSeeds
{
    public static int First { get; } = int.TryParse(Environment.GetEnvironmentVariable("VIVACE_SEED"), out var seed) ? seed : 1;

    public static TheoryData<int> All { get; } = [.. Enumerable.Range(First, Release.Size(10, 300))];
}
