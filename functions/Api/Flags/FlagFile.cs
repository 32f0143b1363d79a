using System.Text.Json;
using Vivace.Api.Hosting;
using Vivace.Api.Settings;
using Vivace.Rollouts.Flags;

namespace Vivace.Api.Flags;

/// <summary>
/// The flags of one machine. The file is looked at every second; a new content takes effect at once for new turns. When
/// it is missing or cannot be read, everything is off.
/// </summary>
internal sealed partial class FlagFile : RepeatingLoop
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly ILogger<FlagFile> logger;
    private (DateTime Written, long Length) seen;
    private string? reported;
    private volatile FlagSnapshot current = FlagSnapshot.AllOff;

    public FlagFile(FlagsSettings flags, StorageSettings storage, FirstStart firstStart, TimeProvider time, ILogger<FlagFile> logger)
        : base(time, logger)
    {
        this.logger = logger;
        path = flags.Path ?? Path.Combine(storage.Path, "flags.json");
        if (firstStart.IsDemo && flags.Path is null && !File.Exists(path))
        {
            Directory.CreateDirectory(storage.Path);
            File.WriteAllText(path, DemoFlags.Json);
            Log.WroteDemo(logger, path);
        }

        Refresh();
    }

    /// <summary>The flags as they are now; a turn keeps the snapshot with which it was accepted.</summary>
    public FlagSnapshot Current => current;

    protected override ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        Refresh();
        return new(Interval);
    }

    private void Refresh()
    {
        var file = new FileInfo(path);
        var now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (now == seen && seen != default)
        {
            return;
        }

        var (snapshot, fault) = Read(file);
        if (fault is null)
        {
            Log.Loaded(logger, path, snapshot.Version);
        }
        else if (fault != reported)
        {
            Log.Unreadable(logger, path, fault);
        }

        (seen, current, reported) = (now, snapshot, fault);
    }

    private static (FlagSnapshot Snapshot, string? Fault) Read(FileInfo file)
    {
        if (!file.Exists)
        {
            return (FlagSnapshot.AllOff, "it does not exist");
        }

        try
        {
            return (FlagSnapshot.Parse(File.ReadAllBytes(file.FullName)), null);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return (FlagSnapshot.AllOff, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "First start: wrote {Path} with every flag on and fast mode for everybody, as a demonstration; without that file all flags are off")]
        public static partial void WroteDemo(ILogger logger, string path);

        [LoggerMessage(LogLevel.Information, "Flags read from {Path}, version {Version}")]
        public static partial void Loaded(ILogger logger, string path, string version);

        [LoggerMessage(LogLevel.Warning, "Flags cannot be read from {Path}, so all are off: {Fault}")]
        public static partial void Unreadable(ILogger logger, string path, string fault);
    }
}
