namespace Vivace.Rollouts.Reconciling;

/// <summary>A target that another process may still be writing, although a later decision has taken its place.</summary>
/// <param name="Target">What the flags say if that write comes through.</param>
/// <param name="Until">Seen after that, it is a person's.</param>
public sealed record LateWrite(FlagTarget Target, DateTimeOffset Until);
