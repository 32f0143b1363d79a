using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Hosting;
using Vivace.Api.Profiles;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Profiles;

namespace Vivace.Runtime.Tests.Drivers;

/// <summary>The profiles and capabilities that ship, as the application composes them.</summary>
internal static class BuiltinProfiles
{
    private static readonly Lazy<IServiceProvider> Services = new(() => VivaceApp.Create(
        ["--Storage:Path", Directory.CreateTempSubdirectory("vivace-profiles-").FullName, "--Logging:LogLevel:Default", "Warning"]).Services);

    public static ProfileCatalog Catalog => Services.Value.GetRequiredService<LiveProfiles>().Current;

    public static CapabilityRegistry Registry => Services.Value.GetRequiredService<CapabilityRegistry>();
}
