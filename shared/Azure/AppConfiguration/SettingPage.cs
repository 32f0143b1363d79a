namespace Vivace.Azure.AppConfiguration;

/// <summary>One page of a list, as the store answered.</summary>
/// <param name="ETag">The page's ETag, quoted as in the header.</param>
/// <param name="Items">Its key-values; null when nothing has changed (304), or where none were asked for (HEAD).</param>
/// <param name="Next">Where the next page is, relative to the store; null for the last one.</param>
internal sealed record SettingPage(string? ETag, IReadOnlyList<ConfigurationSetting>? Items, string? Next);
