namespace Vivace.Testing.AppConfiguration;

public enum StandInFaultKind
{
    Down,
    Slow,
    Throttled,
    Unavailable,
    Corrupt,
}
