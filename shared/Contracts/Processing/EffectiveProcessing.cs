namespace Vivace.Contracts.Processing;

/// <summary>The mode and profile that served the turn.</summary>
public sealed record EffectiveProcessing(ProcessingMode Mode, string Profile);
