using Microsoft.Extensions.DependencyInjection;

namespace Vivace.Testing.Hosting;

/// <summary>How an application under test is set up.</summary>
public sealed record VivaceSetup
{
    /// <summary>Settings as <c>Key=value</c>; later ones win, and all win over those of the driver.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Files to write into the storage folder before the start: relative path and content.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Another host whose storage folder it shares; null: a fresh folder of its own.</summary>
    public VivaceHost? Beside { get; init; }

    /// <summary>Started as the Functions host starts its custom handler.</summary>
    public bool AsFunctionsHandler { get; init; }

    /// <summary>As a process of its own, also where no published executable is named.</summary>
    public bool AsProcess { get; init; }

    /// <summary>Changes services; only possible in process.</summary>
    public Action<IServiceCollection>? Configure { get; init; }
}
