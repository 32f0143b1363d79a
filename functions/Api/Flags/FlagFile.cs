using System.Text.Json;
using Vivace.Api.Hosting;
using Vivace.Api.Settings;
using Vivace.Rollouts.Flags;

namespace Vivace.Api.Flags;

/// <summary>
/// The flags of one machine. The file is looked at every second; a new content takes effect at once for new turns. While it
/// cannot be read, as one that is being written, its last good content is in force, up to a maximum age; where it is missing
/// at two looks, everything is off.
/// </summary>
internal sealed partial class FlagFile : RepeatingLoop, IFlagSource
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(250);

    private readonly string path;
    private readonly LastGoodFlags flags;
    private readonly Lock gate = new();
    private byte[]? seen;
    private bool missed = true;

    public FlagFile(FlagsSettings settings, StorageSettings storage, FirstStart firstStart, TimeProvider time, ILogger<FlagFile> logger)
        : base(time, logger)
    {
        path = settings.PathUnder(storage.Path);
        flags = new LastGoodFlags(path, TimeSpan.FromSeconds(settings.MaxAgeSeconds), time, logger);
        if (firstStart.IsDemo && settings.Path is null && !File.Exists(path))
        {
            Directory.CreateDirectory(storage.Path);
            File.WriteAllText(path, DemoFlags.Json);
            Log.WroteDemo(logger, path);
        }

        Refresh();
    }

    public FlagSnapshot Current => flags.Current;

    /// <summary>Looks at the file now.</summary>
    public void Refresh()
    {
        lock (gate)
        {
            try
            {
                Take(File.ReadAllBytes(path));
                missed = false;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                Miss();
            }
            catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
            {
                missed = false;
                flags.Fail(e.Message);
            }
        }
    }

    protected override ValueTask<TimeSpan> RoundAsync(CancellationToken stopping)
    {
        Refresh();
        return new(missed && flags.WereRead ? SecondLook : Interval);
    }

    private void Take(byte[] content)
    {
        if (seen is not null && content.AsSpan().SequenceEqual(seen))
        {
            flags.Confirm(flags.LastRead, null);
            return;
        }

        var snapshot = FlagSnapshot.Parse(content);
        seen = content;
        flags.Confirm(snapshot, null);
    }

    /// <summary>Tools that delete a file before they write it leave a gap, which is not to switch anything.</summary>
    private void Miss()
    {
        if (missed)
        {
            seen = null;
            flags.Remove("The file does not exist.");
        }

        missed = true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "First start: wrote {Path} with every flag on and fast mode for everybody, as a demonstration; without that file all flags are off")]
        public static partial void WroteDemo(ILogger logger, string path);
    }
}
