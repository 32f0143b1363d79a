namespace Vivace.Runtime.Models;

/// <summary>
/// A model call whose ambient routing and carried routing differ, or one inside a turn without any: refused before it
/// reaches a model, since it could be served by the wrong one.
/// </summary>
public sealed class ModelRoutingException(string message) : InvalidOperationException(message);
