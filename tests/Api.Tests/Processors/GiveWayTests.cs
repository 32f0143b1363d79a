using System.Diagnostics;
using Vivace.Api.Processors;

namespace Vivace.Api.Tests.Processors;

public sealed class GiveWayTests
{
    [Fact]
    public void On_a_machine_that_keeps_up_nothing_waits()
        => Assert.True(new GiveWay(() => GiveWay.Most, TimeProvider.System).WaitAsync(DateTimeOffset.UtcNow, default).IsCompletedSuccessfully);

    [Fact]
    public async Task Work_goes_on_when_the_rush_is_over()
    {
        var looks = 0;
        var giveWay = new GiveWay(() => ++looks < 4 ? GiveWay.Most + 1 : 0, TimeProvider.System);

        await giveWay.WaitAsync(DateTimeOffset.UtcNow, default).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(4, looks);
    }

    [Fact]
    public async Task Work_goes_on_in_a_rush_that_never_ends()
    {
        var began = Stopwatch.GetTimestamp();

        await new GiveWay(() => long.MaxValue, TimeProvider.System).WaitAsync(DateTimeOffset.UtcNow, default).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(Stopwatch.GetElapsedTime(began) >= GiveWay.Longest);
    }

    [Fact]
    public void Work_that_is_late_waits_no_longer()
        => Assert.True(new GiveWay(() => long.MaxValue, TimeProvider.System).WaitAsync(DateTimeOffset.UtcNow - (2 * GiveWay.Late), default).IsCompletedSuccessfully);

    [Fact]
    public async Task Who_is_stopped_waits_no_longer()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new GiveWay(() => long.MaxValue, TimeProvider.System).WaitAsync(DateTimeOffset.UtcNow, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
