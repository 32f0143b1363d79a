using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Tests.Flags;
using Vivace.Rollouts.Flags;
using Vivace.Testing.AppConfiguration;
using Vivace.Testing.Hosting;

namespace Vivace.Api.Tests.Configuration;

[Trait("Category", "InProcess")]
public sealed class ConfigurationFlagStoreTests : FlagStoreConformance
{
    [Fact]
    public async Task A_locked_flag_is_an_outcome_and_a_store_that_is_down_an_exception()
    {
        await using var standIn = await AppConfigurationStandIn.StartAsync();
        await using var place = await PlaceAsync(standIn);
        standIn.PutFlag(FlagNames.Ui, """{"id":"fast-mode-ui","enabled":true}""");
        standIn.Lock(AppConfigurationStandIn.FlagPrefix + FlagNames.Ui);
        var read = await place.Store.ReadAsync(FlagNames.Ui, default);
        Assert.Equal(FlagWriteStatus.Locked, (await place.Store.WriteAsync(FlagNames.Ui, read!.Json, read.ETag, default)).Status);
        standIn.Fault = StandInFault.Down;
        await Assert.ThrowsAsync<FlagStoreException>(() => place.Store.ReadAsync(FlagNames.Ui, default));
    }

    [Fact]
    public async Task A_flag_has_the_content_type_by_which_the_portal_knows_it_and_the_label_of_the_settings()
    {
        await using var standIn = await AppConfigurationStandIn.StartAsync();
        await using var place = await PlaceAsync(standIn, "AppConfiguration:Label=blue");
        await place.Store.WriteAsync(FlagNames.Ui, """{"id":"fast-mode-ui","enabled":true}""", null, default);
        var stored = standIn.Find(AppConfigurationStandIn.FlagPrefix + FlagNames.Ui, "blue");
        Assert.Equal(AppConfigurationStandIn.FlagType, stored!.ContentType);
    }

    protected override async Task<FlagPlace> PlaceAsync()
    {
        var standIn = await AppConfigurationStandIn.StartAsync();
        var place = await PlaceAsync(standIn);
        return place with
        {
            Clear = async () =>
            {
                await place.DisposeAsync();
                await standIn.DisposeAsync();
            },
        };
    }

    /// <summary>The running application's own services.</summary>
    private static async Task<FlagPlace> PlaceAsync(AppConfigurationStandIn standIn, params string[] settings)
    {
        var host = await VivaceHost.StartAsync([$"AppConfiguration:ConnectionString={standIn.ConnectionString}", .. settings]);
        return new FlagPlace(host.Services.GetRequiredService<IFlagStore>(), host.Services.GetRequiredService<IFlagSource>(), host.DisposeAsync);
    }
}
