namespace Vivace.Flags.Tests;

/// <summary>Tests that measure time, which run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Timing
{
    public const string Name = "Timing";
}
