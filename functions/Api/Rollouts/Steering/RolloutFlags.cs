using System.Text.Json;
using Vivace.Rollouts.Flags;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>Reads and writes the flags of a rollout where they are kept, each on the condition that nobody else has.</summary>
internal sealed partial class RolloutFlags(IFlagStore store, ILogger<RolloutFlags> logger)
{
    /// <summary>The flags as they are stored now; null: they could not be read.</summary>
    public async Task<(FlagReading Reading, FlagAllocation Says)?> ReadAsync(InternalCohort? cohort, CancellationToken cancellation)
    {
        try
        {
            var reading = new FlagReading(
                await store.ReadAsync(FlagNames.Contract, cancellation), await store.ReadAsync(FlagNames.Runtime, cancellation));
            return (reading, reading.ToAllocation(cohort));
        }
        catch (Exception e) when (e is FlagStoreException or JsonException)
        {
            Log.Unreadable(logger, e.Message);
            return null;
        }
    }

    /// <summary>
    /// Writes what differs. The runtime flag first: switching on, its allocation stands before anything is served by it;
    /// switching off, it is what stops fast mode.
    /// </summary>
    /// <returns>Whether the flags now say it; false: somebody else has written, or the store does not answer.</returns>
    public async Task<bool> WriteAsync(FlagReading read, FlagTarget target, InternalCohort? cohort, CancellationToken cancellation)
    {
        try
        {
            var says = read.ToAllocation(cohort);
            var isRuntimeMet = target.IsMetBy(says with { ContractEnabled = target.ContractEnabled });
            return (isRuntimeMet || await WriteAsync(FlagNames.Runtime, Runtime(read.Runtime, target, cohort), read.Runtime, cancellation))
                && (says.ContractEnabled == target.ContractEnabled
                    || await WriteAsync(FlagNames.Contract, RuntimeFlag.Switch(FlagNames.Contract, read.Contract?.Json, target.ContractEnabled), read.Contract, cancellation));
        }
        catch (Exception e) when (e is FlagStoreException or JsonException)
        {
            Log.Unwritten(logger, e.Message);
            return false;
        }
    }

    private static string Runtime(StoredFlag? before, FlagTarget target, InternalCohort? cohort) => target.RuntimeEnabled
        ? RuntimeFlag.Write(before?.Json, new RolloutAllocation
        {
            Seed = target.Seed,
            Percent = target.Percent,
            Users = cohort?.Users ?? [],
            Groups = cohort?.Groups ?? [],
        })
        : RuntimeFlag.Switch(FlagNames.Runtime, before?.Json, false);

    private async Task<bool> WriteAsync(string name, string json, StoredFlag? before, CancellationToken cancellation)
    {
        var written = await store.WriteAsync(name, json, before?.ETag, cancellation);
        if (written.Status != FlagWriteStatus.Done)
        {
            Log.Lost(logger, name, written.Status);
        }

        return written.Status == FlagWriteStatus.Done;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The flags of the rollout cannot be read: {Fault}")]
        public static partial void Unreadable(ILogger logger, string fault);

        [LoggerMessage(LogLevel.Warning, "The flags of the rollout could not be written, which is tried again: {Fault}")]
        public static partial void Unwritten(ILogger logger, string fault);

        [LoggerMessage(LogLevel.Warning, "Flag {Flag} was not written, since it is {Status}; it is read again")]
        public static partial void Lost(ILogger logger, string flag, FlagWriteStatus status);
    }
}
