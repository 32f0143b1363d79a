namespace Vivace.Runtime.Storage;

/// <summary>Who said a message.</summary>
public enum MessageRole
{
    User,
    Assistant,
}
