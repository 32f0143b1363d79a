using Vivace.Api.Settings;

namespace Vivace.Api.Hosting;

/// <summary>Whether this is the first start on one machine, noted before anything is written.</summary>
/// <param name="IsDemo">True when a demonstration flag file may be written.</param>
internal sealed record FirstStart(bool IsDemo)
{
    public static FirstStart Detect(StorageSettings storage, HostingMode mode)
        => new(!mode.IsFunctionsHost && !File.Exists(Path.Combine(storage.Path, "vivace.db")));
}
