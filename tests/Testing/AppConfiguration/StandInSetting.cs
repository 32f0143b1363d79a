namespace Vivace.Testing.AppConfiguration;

/// <summary>One key-value as the stand-in holds it.</summary>
public sealed record StandInSetting(string Key, string? Label, string? Value, string? ContentType, IReadOnlyDictionary<string, string> Tags)
{
    public required string ETag { get; init; }

    public required DateTimeOffset LastModified { get; init; }

    public bool IsLocked { get; init; }
}
