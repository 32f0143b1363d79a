namespace Vivace.Api.Hosting;

/// <summary>Tells from how much has been allocated so far whether a process has come to rest after work.</summary>
/// <param name="much">Bytes that must have been allocated since the last rest, or the beginning.</param>
/// <param name="hardly">Bytes that a process at rest may allocate between two looks.</param>
internal sealed class RestWatch(long much, long hardly)
{
    private long seen;
    private long rested;

    /// <summary>One look; true once for each rest.</summary>
    public bool Rests(long allocated)
    {
        var rests = allocated - seen <= hardly && allocated - rested >= much;
        seen = allocated;
        rested = rests ? allocated : rested;
        return rests;
    }
}
