namespace Vivace.Azure.AppConfiguration;

/// <summary>The body of a write.</summary>
internal sealed record SettingBody(string? Value, string? ContentType, IReadOnlyDictionary<string, string> Tags);
