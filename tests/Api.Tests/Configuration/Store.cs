using Vivace.Rollouts.Flags;
using Vivace.Testing.AppConfiguration;

namespace Vivace.Api.Tests.Configuration;

/// <summary>A store with flags in it.</summary>
internal static class Store
{
    public static async Task<AppConfigurationStandIn> StartAsync(TimeProvider? time = null)
    {
        var standIn = await AppConfigurationStandIn.StartAsync(time);
        standIn.Switch(FlagNames.Contract, true);
        standIn.Switch(FlagNames.Ui, true);
        standIn.Roll(100);
        return standIn;
    }

    public static void Switch(this AppConfigurationStandIn standIn, string name, bool enabled) => standIn.PutFlag(name, RuntimeFlag.Switch(name, null, enabled));

    public static void Roll(this AppConfigurationStandIn standIn, double percent, bool enabled = true, string seed = "r")
        => standIn.PutFlag(FlagNames.Runtime, RuntimeFlag.Write(null, new RolloutAllocation { Seed = seed, Percent = percent, Enabled = enabled, Groups = ["staff"] }));

    /// <summary>Settings of an application that looks every second, and relies for eight on what it has read.</summary>
    public static string[] Settings(this AppConfigurationStandIn standIn) =>
        [$"AppConfiguration:ConnectionString={standIn.ConnectionString}", "AppConfiguration:RefreshSeconds=1", "AppConfiguration:MaxAgeSeconds=8"];
}
