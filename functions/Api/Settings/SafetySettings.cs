namespace Vivace.Api.Settings;

/// <summary>Section <c>Safety</c>.</summary>
internal sealed class SafetySettings
{
    /// <summary>Rules in place of the built-in ones.</summary>
    public string? RulesPath { get; set; }
}
