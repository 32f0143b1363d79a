using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Bus;
using Vivace.ServiceBus;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Evaluations;

/// <summary>The messages that ask for evaluations go out in batches.</summary>
public sealed class BatchedSendTests
{
    [Fact]
    [Trait("Category", "InProcess")]
    public async Task What_is_asked_for_while_a_batch_is_on_its_way_is_sent_behind_it()
    {
        var gate = new Gate();
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Configure = services => services.AddSingleton<IServiceBusObserver>(gate) });
        var conversation = await host.Client.ConverseAsync();
        await conversation.SayAsync("Hello", Said.Fast);
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        await conversation.SayAsync("Hello again", Said.Fast);
        gate.Open();

        // No further message comes that would take it along, and the sweep comes after two minutes only.
        var pending = await Eventually.GetAsync(() => PendingAsync(host.Client), count => count == 0, TimeSpan.FromSeconds(30));
        Assert.Equal(0, pending);
    }

    [Fact]
    [Trait("Category", "InProcess")]
    public async Task Where_the_broker_takes_nothing_no_more_than_a_bound_waits_in_memory()
    {
        var gate = new Gate();
        await using var host = await VivaceHost.StartAsync(new VivaceSetup { Configure = services => services.AddSingleton<IServiceBusObserver>(gate) });
        var bus = host.Services.GetRequiredService<IMessageBus>();
        List<Task> sent = [bus.SendEvaluationsAsync("none", "0", null, CancellationToken.None)];
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30));
        var refused = Assert.Throws<ServiceBusException>(() =>
        {
            for (var i = 1; i < 30_000; i++)
            {
                sent.Add(bus.SendEvaluationsAsync("none", $"{i}", null, CancellationToken.None));
            }
        });
        Assert.Equal(ServiceBusFailureReason.ServiceBusy, refused.Reason);
        gate.Open();
        await Task.WhenAll(sent).WaitAsync(TimeSpan.FromSeconds(60));
        await bus.SendEvaluationsAsync("none", "again", null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task<long> PendingAsync(VivaceClient client)
        => (await client.GetAsync("/api/evaluations")).Json.GetProperty("evaluators").EnumerateArray()
            .Sum(e => long.Parse(e.At("pending")!, CultureInfo.InvariantCulture));

    /// <summary>Holds what is sent to the queue of evaluations.</summary>
    private sealed class Gate : IServiceBusObserver
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => reached.Task;

        public void Open() => opened.TrySetResult();

        public async ValueTask BeforeAsync(ServiceBusOperation operation, string entityPath)
        {
            if (operation == ServiceBusOperation.Send && entityPath == "evaluations")
            {
                reached.TrySetResult();
                await opened.Task;
            }
        }

        public ValueTask AfterAsync(ServiceBusOperation operation, string entityPath) => ValueTask.CompletedTask;
    }
}
