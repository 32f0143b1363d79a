namespace Vivace.Runtime.Evaluations;

/// <summary>Where an evaluation stands. Expected = completed + skipped + dead + pending, always.</summary>
public enum EvaluationStatus
{
    /// <summary>Still to run.</summary>
    Pending,

    /// <summary>Ran; its effects are applied.</summary>
    Completed,

    /// <summary>Did not run, for a stated reason.</summary>
    Skipped,

    /// <summary>Failed as often as it is tried.</summary>
    Dead,
}
