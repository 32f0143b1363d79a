namespace Vivace.Runtime.Actions;

/// <summary>What an action means for the turn.</summary>
public enum ActionEffect
{
    /// <summary>The model may go on with the result, if the profile leaves it a call.</summary>
    Continue,

    /// <summary>The turn's reply is complete.</summary>
    EndTurn,

    /// <summary>The agent does not respond, unless text has been shown already.</summary>
    StaySilent,
}
