using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Vivace.Api.Bus;
using Vivace.Api.Hosting;
using Vivace.Api.Triggers;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.FunctionsHost;

/// <summary>What the host is told and what the application does belong together.</summary>
public sealed class FunctionAppTests
{
    private const string Namespace = "ServiceBus:FullyQualifiedNamespace=example.servicebus.windows.net";

    private static readonly string[] TriggerFunctions = ["DrainDeadLetters", "ProcessTurn", "ReconcileRollout", "RunEvaluation", "SweepOutbox"];

    [Fact]
    public async Task Every_function_that_is_not_http_has_its_endpoint_and_every_such_endpoint_its_function()
    {
        var declared = FunctionApp.Bindings.Where(f => !f.Value[0].GetProperty("type").ValueEquals("httpTrigger")).Select(f => f.Key);
        Assert.Equal(TriggerFunctions, declared.Order(StringComparer.Ordinal));
        Assert.Equal(TriggerFunctions, (await PathsAsync("--FUNCTIONS_CUSTOMHANDLER_PORT=7071", "--" + Namespace)).Intersect(TriggerFunctions).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--Urls=http://127.0.0.1:0", "--" + Namespace)]
    [InlineData("--FUNCTIONS_CUSTOMHANDLER_PORT=7071", "--ServiceBus:Embedded:Port=0")]
    [InlineData("--Urls=http://127.0.0.1:0", "--ServiceBus:Embedded:Port=0")]
    public async Task There_are_no_triggers_where_no_host_brings_the_work(params string[] settings)
        => Assert.Empty((await PathsAsync(settings)).Intersect(TriggerFunctions, StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Messages_come_binary_and_one_by_one_from_the_queues_that_are_sent_to()
    {
        var triggers = FunctionApp.Triggers("serviceBusTrigger");
        Assert.Equal(["ProcessTurn", "RunEvaluation"], triggers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Queues.Turns, triggers["ProcessTurn"].At("queueName"));
        Assert.Equal("true", triggers["ProcessTurn"].At("isSessionsEnabled"));
        Assert.Equal(Queues.Evaluations, triggers["RunEvaluation"].At("queueName"));
        Assert.Equal("false", triggers["RunEvaluation"].At("isSessionsEnabled"));
        Assert.All(triggers.Values, trigger =>
        {
            Assert.Equal(("binary", "one"), (trigger.At("dataType"), trigger.At("cardinality")));
            Assert.Equal(("in", "ServiceBus"), (trigger.At("direction"), trigger.At("connection")));
            Assert.Equal(TriggerPayload.MessageBinding, trigger.At("name"));
        });
        Assert.All(TriggerFunctions, name => Assert.Single(FunctionApp.Bindings[name]));
    }

    [Fact]
    public void Timers_judge_every_five_seconds_sweep_every_quarter_minute_and_drain_every_minute()
    {
        var triggers = FunctionApp.Triggers("timerTrigger");
        Assert.Equal(["DrainDeadLetters", "ReconcileRollout", "SweepOutbox"], triggers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("0 * * * * *", triggers["DrainDeadLetters"].At("schedule"));
        Assert.Equal("*/15 * * * * *", triggers["SweepOutbox"].At("schedule"));
        Assert.Equal("*/5 * * * * *", triggers["ReconcileRollout"].At("schedule"));
        Assert.All(triggers.Values, trigger =>
        {
            Assert.Equal(TriggerPayload.TimerBinding, trigger.At("name"));
            Assert.Equal("false", trigger.At("runOnStartup"));
        });
    }

    [Fact]
    public void No_public_route_reaches_a_trigger()
    {
        var http = FunctionApp.Triggers("httpTrigger");
        Assert.Equal("", FunctionApp.Host.At("extensions.http.routePrefix"));
        Assert.NotEmpty(http);
        Assert.All(http.Values, trigger =>
        {
            var first = trigger.At("route")!.Split('/')[0];
            Assert.Matches("^[a-z]+$", first);
            Assert.DoesNotContain(first, TriggerFunctions, StringComparer.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public void The_host_keeps_a_message_locked_for_longer_than_any_turn_lasts()
    {
        var bus = FunctionApp.Host.GetProperty("extensions").GetProperty("serviceBus");
        Assert.True(Duration(bus.At("maxAutoLockRenewalDuration")) > Duration(FunctionApp.Host.At("functionTimeout")));
        Assert.Equal(TimeSpan.FromSeconds(1), Duration(bus.At("sessionIdleTimeout")));
        Assert.Equal("64", bus.At("maxConcurrentSessions"));
        Assert.Equal("0", bus.At("prefetchCount"));
        Assert.Equal("true", bus.At("autoCompleteMessages"));
    }

    private static TimeSpan Duration(string? text) => TimeSpan.Parse(text!, CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<string>> PathsAsync(params string[] settings)
    {
        using var folder = new TemporaryFolder();
        await using var app = VivaceApp.Create([$"--Storage:Path={folder.Path}", .. settings]);
        return [.. ((IEndpointRouteBuilder)app).DataSources
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!.Trim('/'))];
    }
}
