using System.Text.Json.Nodes;
using Vivace.Rollouts.Flags;

namespace Vivace.Api.Tests.Flags;

/// <summary>What whoever changes flags may rely on, wherever they are kept.</summary>
public abstract class FlagStoreConformance
{
    private const string Edited = """{"id":"fast-mode-runtime","enabled":true,"x":{"y":[1,2.50]},"description":"ü"}""";

    [Fact]
    public async Task A_flag_is_made_read_changed_and_seen_at_once()
    {
        await using var place = await PlaceAsync();
        Assert.Null(await place.Store.ReadAsync(FlagNames.Runtime, default));
        await place.Store.WriteAsync(FlagNames.Contract, RuntimeFlag.Switch(FlagNames.Contract, null, true), null, default);
        var made = await place.Store.WriteAsync(FlagNames.Runtime, RuntimeFlag.Write(null, new RolloutAllocation { Seed = "r", Percent = 5 }), null, default);
        var read = await place.Store.ReadAsync(FlagNames.Runtime, default);
        Assert.Equal((FlagWriteStatus.Done, made.Flag), (made.Status, read));
        Assert.Equal(5, RuntimeFlag.Read(read!.Json).Allocation!.Percent);

        var all = RuntimeFlag.Write(read.Json, new RolloutAllocation { Seed = "r", Percent = 100 });
        Assert.Equal(FlagWriteStatus.Done, (await place.Store.WriteAsync(FlagNames.Runtime, all, read.ETag, default)).Status);
        Assert.True((await place.Source.Current.DecideAsync("anybody", [], default)).RuntimeOn);
        Assert.Equal(Vivace.Contracts.Processing.RolloutArm.Fast, (await place.Source.Current.DecideAsync("anybody", [], default)).Arm);
    }

    [Fact]
    public async Task A_write_on_a_version_that_is_gone_changes_nothing()
    {
        await using var place = await PlaceAsync();
        var first = (await place.Store.WriteAsync(FlagNames.Runtime, Edited, null, default)).Flag!;
        var second = (await place.Store.WriteAsync(FlagNames.Runtime, RuntimeFlag.Switch(FlagNames.Runtime, first.Json, false), first.ETag, default)).Flag!;
        Assert.Equal(FlagWriteStatus.Changed, (await place.Store.WriteAsync(FlagNames.Runtime, Edited, first.ETag, default)).Status);
        Assert.Equal(FlagWriteStatus.Changed, (await place.Store.WriteAsync(FlagNames.Runtime, Edited, null, default)).Status);
        Assert.Equal(FlagWriteStatus.Changed, (await place.Store.WriteAsync(FlagNames.Ui, Edited, first.ETag, default)).Status);
        Assert.Equal(second, await place.Store.ReadAsync(FlagNames.Runtime, default));
    }

    [Fact]
    public async Task Of_many_writers_of_one_version_one_wins()
    {
        await using var place = await PlaceAsync();
        var first = (await place.Store.WriteAsync(FlagNames.Runtime, Edited, null, default)).Flag!;
        var writes = Enumerable.Range(1, 20).Select(i => Task.Run(() => place.Store.WriteAsync(
            FlagNames.Runtime, RuntimeFlag.Write(first.Json, new RolloutAllocation { Seed = $"r{i}", Percent = i }), first.ETag, default)));
        var outcomes = await Task.WhenAll(writes);
        var winner = Assert.Single(outcomes, o => o.Status == FlagWriteStatus.Done);
        Assert.Equal(winner.Flag, await place.Store.ReadAsync(FlagNames.Runtime, default));
    }

    [Fact]
    public async Task Members_that_nobody_here_knows_survive()
    {
        await using var place = await PlaceAsync();
        var first = (await place.Store.WriteAsync(FlagNames.Runtime, Edited, null, default)).Flag!;
        await place.Store.WriteAsync(FlagNames.Runtime, RuntimeFlag.Switch(FlagNames.Runtime, first.Json, false), first.ETag, default);
        var now = JsonNode.Parse((await place.Store.ReadAsync(FlagNames.Runtime, default))!.Json)!;
        Assert.Equal(("ü", "2.50", false), ((string)now["description"]!, now["x"]!["y"]![1]!.ToJsonString(), (bool)now["enabled"]!));
    }

    protected abstract Task<FlagPlace> PlaceAsync();
}
