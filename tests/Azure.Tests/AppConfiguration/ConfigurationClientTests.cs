using System.Diagnostics;
using Azure;
using Azure.Core;
using Microsoft.Extensions.Time.Testing;
using Vivace.Azure.AppConfiguration;
using Vivace.Testing.AppConfiguration;

namespace Vivace.Azure.Tests.AppConfiguration;

/// <summary>The client on a stand-in that is itself held to the recordings.</summary>
public sealed class ConfigurationClientTests : IAsyncLifetime
{
    private AppConfigurationStandIn standIn = null!;
    private ConfigurationClient client = null!;

    public async Task InitializeAsync()
    {
        standIn = await AppConfigurationStandIn.StartAsync();
        client = new ConfigurationClient(standIn.ConnectionString);
    }

    public async Task DisposeAsync() => await standIn.DisposeAsync();

    [Fact]
    public async Task The_client_sends_what_was_recorded()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 20, 44, 17, TimeSpan.Zero));
        await using var recorded = await AppConfigurationStandIn.StartAsync(time);
        var signing = new ConfigurationClient(recorded.ConnectionString, new ConfigurationClientOptions { Time = time });
        recorded.PutFlag("fast-mode-runtime", "{}");
        await signing.GetConfigurationSettingAsync(".appconfig.featureflag/fast-mode-runtime", null, default);
        await foreach (var _ in signing.GetConfigurationSettingsAsync(new SettingSelector(".appconfig.featureflag/*", SettingSelector.NoLabel), default))
        {
        }

        await signing.GetConfigurationSettingAsync("Vivace:Profiles:fast-v2", null, default);
        foreach (var (number, sent) in new[] { 3, 10, 14 }.Zip(recorded.Requests))
        {
            var recording = Recording.Of(number);
            Assert.Equal((recording.Method, recording.Target), (sent.Method, sent.Target));
            Assert.Equal(recording.Header("x-ms-date"), sent.Header("x-ms-date"));
            Assert.Equal(recording.Header("x-ms-content-sha256"), sent.Header("x-ms-content-sha256"));
        }
    }

    [Fact]
    public async Task A_key_value_comes_back_as_it_was_written()
    {
        var setting = new ConfigurationSetting { Key = "a/b:c é*", Label = "l/1", Value = "{\"x\":\"ü\"}", ContentType = "application/json", Tags = new Dictionary<string, string> { ["t"] = "1" } };
        var written = await client.SetConfigurationSettingAsync(setting, false, default);
        var read = await client.GetConfigurationSettingAsync(setting.Key, setting.Label, default);
        Assert.Equal((SettingWriteStatus.Done, read!.ETag), (written.Status, written.Setting!.ETag));
        Assert.Equal((setting.Key, setting.Label, setting.Value, setting.ContentType, "1"), (read.Key, read.Label, read.Value, read.ContentType, read.Tags["t"]));
        Assert.Null(await client.GetConfigurationSettingAsync(setting.Key, null, default));
    }

    [Fact]
    public async Task A_conflict_is_an_outcome()
    {
        var first = await client.AddConfigurationSettingAsync(new ConfigurationSetting { Key = "k", Value = "1" }, default);
        Assert.Equal(SettingWriteStatus.Done, first.Status);
        Assert.Equal(SettingWriteStatus.ConditionNotMet, (await client.AddConfigurationSettingAsync(new ConfigurationSetting { Key = "k", Value = "2" }, default)).Status);
        standIn.Put("k", "by somebody else");
        Assert.Equal(SettingWriteStatus.ConditionNotMet, (await client.SetConfigurationSettingAsync(first.Setting! with { Value = "3" }, true, default)).Status);
        Assert.Equal(SettingWriteStatus.ConditionNotMet, (await client.DeleteConfigurationSettingAsync(first.Setting!, true, default)).Status);
        Assert.Equal("by somebody else", standIn.Find("k")!.Value);

        var now = await client.GetConfigurationSettingAsync("k", null, default);
        Assert.True((await client.SetConfigurationSettingAsync(now! with { Value = "4" }, true, default)).IsDone);
        Assert.Equal("4", standIn.Find("k")!.Value);
    }

    [Fact]
    public async Task A_locked_key_is_an_outcome()
    {
        standIn.Put("k", "1");
        standIn.Lock("k");
        var read = await client.GetConfigurationSettingAsync("k", null, default);
        Assert.True(read!.IsReadOnly);
        Assert.Equal(SettingWriteStatus.Locked, (await client.SetConfigurationSettingAsync(read with { Value = "2" }, true, default)).Status);
        Assert.Equal(SettingWriteStatus.Locked, (await client.DeleteConfigurationSettingAsync(read, false, default)).Status);
        Assert.Equal("1", standIn.Find("k")!.Value);
    }

    [Fact]
    public async Task Deleting_tells_whether_there_was_something()
    {
        standIn.Put("k", "1");
        var deleted = await client.DeleteConfigurationSettingAsync(new ConfigurationSetting { Key = "k" }, false, default);
        Assert.Equal((SettingWriteStatus.Done, "1"), (deleted.Status, deleted.Setting!.Value));
        Assert.Equal(SettingWriteStatus.Missing, (await client.DeleteConfigurationSettingAsync(new ConfigurationSetting { Key = "k" }, false, default)).Status);
    }

    [Fact]
    public async Task A_list_runs_over_all_pages()
    {
        for (var i = 0; i < 250; i++)
        {
            standIn.Put($"page:{i:000}", $"{i}");
        }

        standIn.Put("other", "x");
        var found = await client.GetConfigurationSettingsAsync(new SettingSelector("page:*"), default).ToListAsync();
        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"{i}"), found.Select(s => s.Value));
        Assert.Equal(3, standIn.Requests.Count);
    }

    [Fact]
    public async Task The_newest_sync_token_is_sent_back()
    {
        standIn.Put("k", "1");
        foreach (var token in new[] { "kv=MQ==;sn=5", "kv=Mg==;sn=9", "kv=Mw==;sn=7, other=eA==;sn=1" })
        {
            standIn.SyncToken = token;
            await client.GetConfigurationSettingAsync("k", null, default);
        }

        await client.GetConfigurationSettingAsync("k", null, default);
        Assert.Equal([null, "kv=MQ==", "kv=Mg==", "kv=Mg==,other=eA=="], standIn.Requests.Select(r => r.Header("Sync-Token")));
    }

    [Fact]
    public async Task Throttling_is_waited_out_for_as_long_as_it_asks()
    {
        standIn.Put("k", "1");
        standIn.Then(StandInFault.Throttled(700), StandInFault.Unavailable(10), StandInFault.Down);
        var started = Stopwatch.GetTimestamp();
        Assert.Equal("1", (await client.GetConfigurationSettingAsync("k", null, default))!.Value);
        Assert.True(Stopwatch.GetElapsedTime(started).TotalMilliseconds >= 700);
        Assert.Equal([429, 503, 0, 200], standIn.Requests.Select(r => r.Status));
    }

    [Fact]
    public async Task Throttling_that_asks_for_more_than_the_longest_delay_goes_to_the_caller()
    {
        standIn.Fault = StandInFault.Throttled(60_000);
        var thrown = await Assert.ThrowsAsync<RequestFailedException>(() => client.GetConfigurationSettingAsync("k", null, default));
        Assert.Equal((429, TimeSpan.FromMinutes(1)), (thrown.Status, RetryAfter.Read(thrown.GetRawResponse()!)));
        Assert.Single(standIn.Requests);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_the_error_does_not_tell_it()
    {
        var wrong = new ConfigurationClient(standIn.ConnectionString.Replace("c2Vj", "b3Ro", StringComparison.Ordinal));
        var thrown = await Assert.ThrowsAsync<RequestFailedException>(() => wrong.GetConfigurationSettingAsync("k", null, default));
        Assert.Equal(401, thrown.Status);
        Assert.DoesNotContain("b3Ro", thrown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_version_can_be_chosen()
    {
        standIn.Put("k", "1");
        var newer = new ConfigurationClient(standIn.ConnectionString, new ConfigurationClientOptions { ApiVersion = "2024-09-01" });
        Assert.NotNull(await newer.GetConfigurationSettingAsync("k", null, default));
        var unknown = new ConfigurationClient(standIn.ConnectionString, new ConfigurationClientOptions { ApiVersion = "1999-01-01" });
        Assert.Equal(400, (await Assert.ThrowsAsync<RequestFailedException>(() => unknown.GetConfigurationSettingAsync("k", null, default))).Status);
    }

    [Fact]
    public async Task An_entra_token_is_asked_for_with_the_scope_of_app_configuration_and_never_sent_in_the_clear()
    {
        var credential = new NotedCredential();
        var entra = new ConfigurationClient(new Uri("https://127.0.0.1:1"), credential, new ConfigurationClientOptions { Retry = { MaxRetries = 0 } });
        await Assert.ThrowsAsync<RequestFailedException>(() => entra.GetConfigurationSettingAsync("k", null, default));
        Assert.Equal(["https://azconfig.io/.default"], credential.Scopes);
        var clear = new ConfigurationClient(new Uri(standIn.ConnectionString.Split(';')[0]["Endpoint=".Length..]), credential);
        await Assert.ThrowsAsync<InvalidOperationException>(() => clear.GetConfigurationSettingAsync("k", null, default));
        Assert.Empty(standIn.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Endpoint=https://a.azconfig.io;Id=a")]
    [InlineData("Endpoint=https://a.azconfig.io;Id=a;Secret=not base64!")]
    [InlineData("Endpoint=ftp://a;Id=a;Secret=YQ==")]
    [InlineData("Endpoint=https://a.azconfig.io;Secret=YQ==")]
    [InlineData("nonsense")]
    public void A_connection_string_that_lacks_something_is_refused(string text)
        => Assert.Throws<FormatException>(() => ConfigurationConnectionString.Parse(text));

    private sealed class NotedCredential : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return new AccessToken("token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
            => new(GetToken(requestContext, cancellationToken));
    }
}
