namespace Vivace.Runtime.Actions;

/// <summary>The three actions that say how to reply rather than do anything; no policy lists them out or counts them.</summary>
public static class ReplyActions
{
    /// <summary>Reply with a text.</summary>
    public const string Reply = "REPLY";

    /// <summary>Do not respond.</summary>
    public const string Ignore = "IGNORE";

    /// <summary>Reply without doing anything.</summary>
    public const string None = "NONE";

    /// <summary>Whether an action is one of the three.</summary>
    public static bool IsAlwaysAllowed(string name) => name is Reply or Ignore or None;
}
