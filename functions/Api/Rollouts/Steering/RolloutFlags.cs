using System.Text.Json;
using Vivace.Rollouts.Flags;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;

namespace Vivace.Api.Rollouts.Steering;

/// <summary>Reads and writes the flags of a rollout where they are kept, each on the condition that nobody else has.</summary>
internal sealed partial class RolloutFlags(IFlagStore store, TimeProvider time, ILogger<RolloutFlags> logger)
{
    /// <summary>A decision must not wait for a configuration server that does not answer.</summary>
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(20);

    /// <summary>The flags as they are stored now; null: they could not be read.</summary>
    public async Task<(FlagReading Reading, FlagAllocation Says)?> ReadAsync(InternalCohort? cohort, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(ReadLimit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            var reading = new FlagReading(
                await store.ReadAsync(FlagNames.Contract, limit.Token), await store.ReadAsync(FlagNames.Runtime, limit.Token));
            return (reading, reading.ToAllocation(cohort));
        }
        catch (Exception e) when (IsFailure(e, cancellation))
        {
            Log.Unreadable(logger, e.Message);
            return null;
        }
    }

    /// <summary>
    /// Writes what differs. The runtime flag first: switching on, its allocation stands before anything is served by it;
    /// switching off, it is what stops fast mode.
    /// </summary>
    /// <returns>Whether to look again at once: the flags now say it, or somebody else has written; false: the store does not take it.</returns>
    public async Task<bool> WriteAsync(FlagReading read, FlagTarget target, InternalCohort? cohort, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(WriteLimit, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            var says = read.ToAllocation(cohort);
            var isRuntimeMet = target.IsMetBy(says with { ContractEnabled = target.ContractEnabled });
            var written = isRuntimeMet ? FlagWriteStatus.Done : await WriteAsync(FlagNames.Runtime, Runtime(read.Runtime, target, cohort), read.Runtime, limit.Token);
            if (written == FlagWriteStatus.Done && says.ContractEnabled != target.ContractEnabled)
            {
                written = await WriteAsync(
                    FlagNames.Contract, RuntimeFlag.Switch(FlagNames.Contract, read.Contract?.Json, target.ContractEnabled), read.Contract, limit.Token);
            }

            return written != FlagWriteStatus.Locked;
        }
        catch (Exception e) when (IsFailure(e, cancellation))
        {
            Log.Unwritten(logger, e.Message);
            return false;
        }
    }

    private static bool IsFailure(Exception e, CancellationToken cancellation)
        => e is FlagStoreException or JsonException || (e is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static string Runtime(StoredFlag? before, FlagTarget target, InternalCohort? cohort) => target.RuntimeEnabled
        ? RuntimeFlag.Write(before?.Json, new RolloutAllocation
        {
            Seed = target.Seed,
            Percent = target.Percent,
            Users = cohort?.Users ?? [],
            Groups = cohort?.Groups ?? [],
        })
        : RuntimeFlag.Switch(FlagNames.Runtime, before?.Json, false);

    private async Task<FlagWriteStatus> WriteAsync(string name, string json, StoredFlag? before, CancellationToken cancellation)
    {
        var written = await store.WriteAsync(name, json, before?.ETag, cancellation);
        if (written.Status != FlagWriteStatus.Done)
        {
            Log.Lost(logger, name, written.Status);
        }

        return written.Status;
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
