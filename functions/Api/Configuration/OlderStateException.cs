namespace Vivace.Api.Configuration;

/// <summary>The store serves a state that is older than one that was read before.</summary>
internal sealed class OlderStateException(string key) : Exception($"{key} is older than what was read before.");
