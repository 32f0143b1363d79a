namespace Vivace.Contracts.Evaluations;

/// <summary>How many dead evaluations are pending again.</summary>
public sealed record RequeueReply(int Requeued);
