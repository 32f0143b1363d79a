namespace Vivace.Azure.AppConfiguration;

/// <summary>Which key-values a list holds.</summary>
/// <param name="KeyFilter">A key, or the beginning of keys followed by <c>*</c>.</param>
/// <param name="LabelFilter">A label, likewise; null for every label, <see cref="NoLabel"/> for key-values without one.</param>
public sealed record SettingSelector(string KeyFilter, string? LabelFilter = null)
{
    /// <summary>Selects key-values that have no label.</summary>
    public const string NoLabel = "\0";
}
