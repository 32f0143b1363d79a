namespace Vivace.Cli.Tests.Drivers;

/// <summary>Standard input on which nobody types: a call waits until the test is over.</summary>
internal sealed class WaitingReader : TextReader
{
    private readonly ManualResetEventSlim over = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a line is waited for.</summary>
    public Task Asked => asked.Task;

    public override string? ReadLine()
    {
        asked.TrySetResult();
        over.Wait();
        return null;
    }

    protected override void Dispose(bool disposing)
    {
        over.Set();
        base.Dispose(disposing);
    }
}
