namespace Vivace.Testing.AppConfiguration;

/// <summary>An answer, before any fault has its way with it.</summary>
internal sealed record StandInAnswer(int Status)
{
    public string? ContentType { get; init; }

    /// <summary>Quoted.</summary>
    public string? ETag { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    public byte[] Body { get; init; } = [];

    /// <summary>The address of the next page.</summary>
    public string? Next { get; init; }

    public static StandInAnswer Of(StandInSetting setting) => new(200)
    {
        ContentType = StandInWire.SettingType,
        ETag = $"\"{setting.ETag}\"",
        LastModified = setting.LastModified,
        Body = StandInWire.Setting(setting),
    };

    public static StandInAnswer Problem(int status, string type, string title, string? name, string? detail) => new(status)
    {
        ContentType = StandInWire.ProblemType,
        Body = StandInWire.Problem(type, title, name, detail, status),
    };
}
