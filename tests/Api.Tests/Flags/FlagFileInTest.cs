using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Vivace.Api.Flags;
using Vivace.Api.Hosting;
using Vivace.Api.Settings;

namespace Vivace.Api.Tests.Flags;

/// <summary>A flag file of its own, looked at when the test says so, with a clock of its own.</summary>
internal sealed class FlagFileInTest : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LoggerFactory logging = new();
    private readonly FlagsSettings settings = new();

    public FlagFileInTest(string content)
    {
        Write(content);
        Flags = new FlagFile(settings, Storage, new FirstStart(false), Time, logging.CreateLogger<FlagFile>());
    }

    public FakeTimeProvider Time { get; } = new();

    public FlagFile Flags { get; }

    public string Path => System.IO.Path.Combine(folder.Path, "flags.json");

    private StorageSettings Storage => new() { Path = folder.Path };

    /// <summary>Another writer of the same file, as another process would be.</summary>
    public FlagFileStore Store() => new(settings, Storage, Flags, TimeProvider.System);

    public void Write(string content) => folder.Write("flags.json", content);

    public void Delete() => File.Delete(Path);

    public void Dispose()
    {
        Flags.Dispose();
        logging.Dispose();
        folder.Dispose();
    }
}
