using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Vivace.Api.Bus;

namespace Vivace.Api.Tests.FunctionsHost;

/// <summary>What processors and triggers do alike with a message that brings work.</summary>
public sealed class WorkHandlerTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    private readonly WorkHandler work = new(TimeProvider.System, NullLogger<WorkHandler>.Instance);
    private readonly List<(string TurnId, string? Trace)> handled = [];

    [Fact]
    public async Task The_trace_of_the_message_goes_on()
    {
        await HandleAsync("""{"turnId":"t1"}"""u8, new() { ["Diagnostic-Id"] = $"00-{Trace}-00f067aa0ba902b7-01" });
        await HandleAsync("""{"turnId":"t2"}"""u8, []);
        Assert.Equal([("t1", Trace), ("t2", null)], handled);
    }

    [Fact]
    public async Task What_cannot_be_read_is_dropped()
    {
        await HandleAsync("not json"u8, []);
        await HandleAsync("{}"u8, []);
        Assert.Empty(handled);
    }

    [Fact]
    public async Task A_failure_is_passed_on_after_a_pause_that_doubles_with_each_delivery()
    {
        foreach (var (delivery, seconds) in new[] { (1, 1), (2, 2), (5, 16), (6, 30), (10, 30) })
        {
            var clock = new FakeTimeProvider();
            var failing = new WorkHandler(clock, NullLogger<WorkHandler>.Instance).HandleAsync(
                """{"turnId":"t1"}"""u8.ToArray(), new Dictionary<string, object>(), BusJson.Default.TurnMessage, delivery, (_, _) => throw new InvalidOperationException(), default);
            clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.False(failing.IsCompleted);
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        }
    }

    private Task HandleAsync(ReadOnlySpan<byte> body, Dictionary<string, object> properties)
        => work.HandleAsync(body.ToArray(), properties, BusJson.Default.TurnMessage, deliveryCount: 1, Handle, CancellationToken.None);

    private Task Handle(TurnMessage message, CancellationToken cancellation)
    {
        handled.Add((message.TurnId, Activity.Current?.TraceId.ToString()));
        return Task.CompletedTask;
    }
}
