namespace Vivace.Sqlite.Tests;

/// <summary>Keeps every thread of the pool busy, and more work waiting, for as long as something runs on a thread of its own.</summary>
internal static class BusyPool
{
    /// <summary>More than the pool adds threads in the time that a test takes.</summary>
    private const int Items = 256;

    /// <param name="act">Begins what is to wait for the pool.</param>
    /// <param name="then">Runs right after it, while the pool is still busy.</param>
    public static async Task WhileAsync(Action act, Action then)
    {
        using var release = new ManualResetEventSlim();
        var blocked = Enumerable.Range(0, Items).Select(_ => Task.Run(release.Wait)).ToArray();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                SpinWait.SpinUntil(() => ThreadPool.PendingWorkItemCount > Items / 2);
                act();
                then();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
            finally
            {
                release.Set();
            }
        });
        thread.Start();
        await done.Task;
        await Task.WhenAll(blocked);
    }
}
