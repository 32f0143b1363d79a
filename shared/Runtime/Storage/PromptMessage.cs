namespace Vivace.Runtime.Storage;

/// <summary>What a later prompt shows of a stored message.</summary>
public readonly record struct PromptMessage(MessageRole Role, string Text);
