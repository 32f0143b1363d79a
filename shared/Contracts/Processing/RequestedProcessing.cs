namespace Vivace.Contracts.Processing;

/// <summary>The mode, profile and reason that were asked for, after the defaults of conversation and application.</summary>
/// <param name="Mode">The mode asked for, inherited when the message named none.</param>
/// <param name="Profile">The profile that the message named, if any.</param>
/// <param name="Reason">The client's own words, if any.</param>
public sealed record RequestedProcessing(ProcessingMode Mode, string? Profile = null, string? Reason = null);
