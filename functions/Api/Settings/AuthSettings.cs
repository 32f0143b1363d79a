using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Vivace.Api.Settings;

/// <summary>Section <c>Auth</c>.</summary>
internal sealed class AuthSettings
{
    /// <summary>The keys that may call; none: only this machine may.</summary>
    [ValidateEnumeratedItems]
    public List<ApiKeySettings> ApiKeys { get; set; } = [];
}

/// <summary>One key, known by its hash alone.</summary>
internal sealed class ApiKeySettings
{
    [Required]
    [RegularExpression("[a-zA-Z0-9._-]{1,64}", ErrorMessage = "Auth:ApiKeys:*:Name must match [a-zA-Z0-9._-]{1,64}.")]
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key, 64 hexadecimal digits.</summary>
    [RegularExpression("[0-9a-fA-F]{64}", ErrorMessage = "Auth:ApiKeys:*:Sha256 must be 64 hexadecimal digits.")]
    [Required]
    public string Sha256 { get; set; } = "";

    /// <summary><c>user</c>, <c>service</c>, <c>operator</c>.</summary>
    [Required]
    public string[] Roles { get; set; } = ["user"];
}

[OptionsValidator]
internal sealed partial class AuthSettingsValidator : IValidateOptions<AuthSettings>;
