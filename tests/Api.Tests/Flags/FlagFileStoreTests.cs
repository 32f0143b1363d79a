using System.Text.Json.Nodes;
using Vivace.Rollouts.Flags;

namespace Vivace.Api.Tests.Flags;

public sealed class FlagFileStoreTests : FlagStoreConformance
{
    [Fact]
    public async Task Everything_else_in_the_file_stays()
    {
        const string before = """{"other":{"a":1.50},"feature_management":{"b":[],"feature_flags":[{"id":"mine","enabled":true,"c":"ü"},{"id":"fast-mode-ui","enabled":true}]}}""";
        using var file = new FlagFileInTest(before);
        var store = file.Store();
        var ui = await store.ReadAsync(FlagNames.Ui, default);
        await store.WriteAsync(FlagNames.Ui, RuntimeFlag.Switch(FlagNames.Ui, ui!.Json, false), ui.ETag, default);
        var expected = JsonNode.Parse(before.Replace("\"fast-mode-ui\",\"enabled\":true", "\"fast-mode-ui\",\"enabled\":false", StringComparison.Ordinal));
        var now = await File.ReadAllTextAsync(file.Path);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(now)), now);
        Assert.Contains("1.50", now, StringComparison.Ordinal);
        Assert.False(File.Exists(file.Path + ".next"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_understood_is_not_written_over()
    {
        using var file = new FlagFileInTest("{ half");
        await Assert.ThrowsAsync<FlagStoreException>(() => file.Store().ReadAsync(FlagNames.Ui, default));
        await Assert.ThrowsAsync<FlagStoreException>(() => file.Store().WriteAsync(FlagNames.Ui, "{}", null, default));
        Assert.Equal("{ half", await File.ReadAllTextAsync(file.Path));
    }

    protected override Task<FlagPlace> PlaceAsync()
    {
        var file = new FlagFileInTest("{\"feature_management\":{\"feature_flags\":[]}}");
        return Task.FromResult(new FlagPlace(file.Store(), file.Flags, () =>
        {
            file.Dispose();
            return ValueTask.CompletedTask;
        }));
    }
}
