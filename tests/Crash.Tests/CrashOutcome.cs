namespace Vivace.Crash.Tests;

/// <summary>Whether the armed point was reached, and everything that is wrong afterwards.</summary>
internal sealed record CrashOutcome(bool Crashed, IReadOnlyList<string> Faults)
{
    /// <summary>Many times what a run takes: something that was lost is waited for in vain.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Runs a scenario; that it breaks off, or never ends, is a fault like others.</summary>
    public static async Task<CrashOutcome> OfAsync(Func<Task> scenario, CrashChecks checks, Func<bool> hasCrashed)
    {
        try
        {
            await scenario().WaitAsync(Limit);
        }
        catch (Exception e)
        {
            checks.Expect(false, e.ToString());
        }

        return new CrashOutcome(hasCrashed(), checks.Faults);
    }
}
