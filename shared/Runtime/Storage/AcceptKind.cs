namespace Vivace.Runtime.Storage;

/// <summary>Whether an acceptance was written.</summary>
public enum AcceptKind
{
    /// <summary>It was.</summary>
    Accepted,

    /// <summary>Nothing was: the conversation does not exist or is another owner's.</summary>
    UnknownConversation,

    /// <summary>Nothing was: the key was used for the same payload.</summary>
    Duplicate,

    /// <summary>Nothing was: the key was used for another payload.</summary>
    KeyReused,
}
