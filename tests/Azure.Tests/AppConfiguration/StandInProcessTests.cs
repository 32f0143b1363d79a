using Azure;
using Vivace.Azure.AppConfiguration;
using Vivace.Testing.AppConfiguration;

namespace Vivace.Azure.Tests.AppConfiguration;

public sealed class StandInProcessTests
{
    [Fact]
    public async Task The_stand_in_runs_as_a_process_of_its_own_and_fails_on_demand()
    {
        using var folder = new TemporaryFolder();
        folder.Write("flags.json", """{"feature_management":{"feature_flags":[{"id":"fast-mode-ui","enabled":true}]}}""");
        await using var standIn = await StandInProcess.StartAsync(Path.Combine(folder.Path, "flags.json"));
        var client = new ConfigurationClient(standIn.ConnectionString, new ConfigurationClientOptions { Retry = { MaxRetries = 0 } });
        var found = await client.GetConfigurationSettingsAsync(new SettingSelector(".appconfig.featureflag/*"), default).ToListAsync();
        Assert.Equal("""{"id":"fast-mode-ui","enabled":true}""", Assert.Single(found).Value);
        await standIn.FailAsync(StandInFault.Throttled(5));
        Assert.Equal(429, (await Assert.ThrowsAsync<RequestFailedException>(() => client.GetConfigurationSettingAsync("k", null, default))).Status);
        await standIn.FailAsync(null);
        Assert.True((await client.SetConfigurationSettingAsync(found[0] with { Value = "{}" }, true, default)).IsDone);
    }
}
