namespace Vivace.Api.Turns;

/// <summary>What this run of the program is called among the instances that share its queues; new at every start.</summary>
internal sealed record InstanceId(string Value);
