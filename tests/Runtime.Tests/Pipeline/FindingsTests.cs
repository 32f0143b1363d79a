using Vivace.Runtime.Pipeline;

namespace Vivace.Runtime.Tests.Pipeline;

public sealed class FindingsTests
{
    [Fact]
    public async Task What_comes_after_the_close_is_left_out_and_what_was_taken_does_not_change()
    {
        for (var run = 0; run < 200; run++)
        {
            var findings = new Findings<int>();
            using var started = new ManualResetEventSlim();
            var leftBehind = Task.Run(() =>
            {
                for (var i = 0; i < 2000; i++)
                {
                    findings.Add(i);
                    started.Set();
                }
            });
            started.Wait();
            var taken = findings.Close();
            int[] then = [.. taken];
            await leftBehind;
            Assert.Equal(Enumerable.Range(0, then.Length), then);
            Assert.Equal(then, taken);
        }
    }
}
