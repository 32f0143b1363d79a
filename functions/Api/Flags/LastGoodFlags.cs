using Vivace.Rollouts.Flags;

namespace Vivace.Api.Flags;

/// <summary>
/// The flags that were read last, and for how long they may be relied on when they cannot be read again: past the maximum age
/// all are off, whoever else is late. Says every change of that in the log, once.
/// </summary>
internal sealed partial class LastGoodFlags(string source, TimeSpan maxAge, TimeProvider time, ILogger logger)
{
    private volatile Reading reading = new(FlagSnapshot.AllOff, null, null, false);

    public FlagSnapshot Current => Serve(reading);

    /// <summary>What was read last, however old.</summary>
    public FlagSnapshot LastRead => reading.Snapshot;

    /// <summary>Whether they were ever read.</summary>
    public bool WereRead => reading.Snapshot != FlagSnapshot.AllOff;

    /// <summary>They were read.</summary>
    /// <param name="ageFrom">The timestamp from which their age counts; null: it does not, until they cannot be read.</param>
    public void Confirm(FlagSnapshot snapshot, long? ageFrom)
    {
        var before = reading;
        reading = new Reading(snapshot, ageFrom, null, false);
        if (before.Fault is not null)
        {
            Log.Recovered(logger, source, snapshot.Version);
        }

        if (snapshot.Version == before.Snapshot.Version)
        {
            return;
        }

        Log.Changed(logger, source, snapshot.Version);
        if (snapshot.WithoutPredecessor is { Length: > 0 } alone)
        {
            Log.WithoutPredecessor(logger, string.Join(", ", alone), source);
        }
    }

    /// <summary>They could not be read: what was read last stays in force until it is too old.</summary>
    public void Fail(string fault)
    {
        var before = reading;
        var now = before with { Fault = fault, AgeFrom = before.AgeFrom ?? time.GetTimestamp() };
        if (!WereRead)
        {
            if (fault != before.Fault)
            {
                Log.NeverRead(logger, source, fault);
            }
        }
        else if (IsOld(now))
        {
            now = now with { ExpirySaid = true };
            if (!before.ExpirySaid)
            {
                Log.Expired(logger, source, maxAge.TotalSeconds, fault);
            }
        }
        else if (fault != before.Fault)
        {
            Log.Kept(logger, source, before.Snapshot.Version, maxAge.TotalSeconds, fault);
        }

        reading = now;
    }

    /// <summary>There are none.</summary>
    public void Remove(string fault)
    {
        if (fault != reading.Fault)
        {
            Log.Missing(logger, source, fault);
        }

        reading = new Reading(FlagSnapshot.AllOff, null, fault, false);
    }

    private FlagSnapshot Serve(Reading now) => IsOld(now) ? FlagSnapshot.Expired : now.Snapshot;

    private bool IsOld(Reading now)
        => now.AgeFrom is { } from && now.Snapshot != FlagSnapshot.AllOff && time.GetElapsedTime(from) > maxAge;

    private sealed record Reading(FlagSnapshot Snapshot, long? AgeFrom, string? Fault, bool ExpirySaid);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Flags read from {Source}, version {Version}")]
        public static partial void Changed(ILogger logger, string source, string version);

        [LoggerMessage(LogLevel.Warning, "Flags {Flags} in {Source} are on without the flag that they presuppose, and count as off")]
        public static partial void WithoutPredecessor(ILogger logger, string flags, string source);

        [LoggerMessage(LogLevel.Warning, "Flags in {Source} cannot be read; version {Version} stays in force for {MaxAgeSeconds} s: {Fault}")]
        public static partial void Kept(ILogger logger, string source, string version, double maxAgeSeconds, string fault);

        [LoggerMessage(LogLevel.Error, "Flags in {Source} could not be read for {MaxAgeSeconds} s: all are off, and every message is served default. {Fault}")]
        public static partial void Expired(ILogger logger, string source, double maxAgeSeconds, string fault);

        [LoggerMessage(LogLevel.Warning, "Flags cannot be read from {Source}, so all are off, and every message is served default: {Fault}")]
        public static partial void NeverRead(ILogger logger, string source, string fault);

        [LoggerMessage(LogLevel.Warning, "There are no flags in {Source}, so all are off, and every message is served default: {Fault}")]
        public static partial void Missing(ILogger logger, string source, string fault);

        [LoggerMessage(LogLevel.Information, "Flags in {Source} can be read again, version {Version}")]
        public static partial void Recovered(ILogger logger, string source, string version);
    }
}
