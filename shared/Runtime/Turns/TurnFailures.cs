namespace Vivace.Runtime.Turns;

/// <summary>The stored form of <see cref="TurnFailure"/>.</summary>
public static class TurnFailures
{
    /// <summary>Null for none.</summary>
    public static string? Stored(this TurnFailure failure) => failure switch
    {
        TurnFailure.None => null,
        TurnFailure.CrashLoop => "crash-loop",
        _ => failure.ToString().ToLowerInvariant(),
    };

    /// <summary>Reads the stored form; one that a newer version wrote is a fault of the program.</summary>
    public static TurnFailure Read(string? stored) => stored switch
    {
        null => TurnFailure.None,
        "crash-loop" => TurnFailure.CrashLoop,
        _ => Enum.TryParse<TurnFailure>(stored, ignoreCase: true, out var failure) ? failure : TurnFailure.Internal,
    };
}
