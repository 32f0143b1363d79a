using Vivace.Api.Hosting;

namespace Vivace.Api.Tests.Hosting;

public sealed class RestWatchTests
{
    [Fact]
    public void A_process_rests_once_after_work()
    {
        var watch = new RestWatch(much: 1000, hardly: 10);

        bool[] looks = [watch.Rests(5), watch.Rests(900), watch.Rests(2000), watch.Rests(2005), watch.Rests(2010), watch.Rests(2010)];

        Assert.Equal([false, false, false, true, false, false], looks);
    }

    [Fact]
    public void A_process_at_work_does_not_rest()
    {
        var watch = new RestWatch(much: 1000, hardly: 10);

        Assert.DoesNotContain(true, Enumerable.Range(1, 100).Select(i => watch.Rests(i * 11)));
    }

    [Fact]
    public void Little_work_after_a_rest_is_no_reason_for_another()
    {
        var watch = new RestWatch(much: 1000, hardly: 10);
        watch.Rests(5000);
        Assert.True(watch.Rests(5000));

        Assert.False(watch.Rests(5500));
        Assert.False(watch.Rests(5500));
        Assert.False(watch.Rests(6100));
        Assert.True(watch.Rests(6100));
    }
}
