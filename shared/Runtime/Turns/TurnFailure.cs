namespace Vivace.Runtime.Turns;

/// <summary>Where a turn failed.</summary>
public enum TurnFailure
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The model could not be reached, refused the call or broke off.</summary>
    Model,

    /// <summary>The profile's deadline passed.</summary>
    Deadline,

    /// <summary>A model call contradicted the turn's routing and was refused.</summary>
    Mismatch,

    /// <summary>A fault of the program.</summary>
    Internal,

    /// <summary>The end of the turn could not be written down.</summary>
    Store,

    /// <summary>The process that ran the turn was lost before any text was shown.</summary>
    Lost,

    /// <summary>It was begun again and again and never ended: its message seems to end the process.</summary>
    CrashLoop,
}
