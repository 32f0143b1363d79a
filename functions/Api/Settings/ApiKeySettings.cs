using System.ComponentModel.DataAnnotations;

namespace Vivace.Api.Settings;

/// <summary>One key, known by its hash alone.</summary>
internal sealed class ApiKeySettings
{
    [Required]
    [RegularExpression("[a-zA-Z0-9._-]{1,64}", ErrorMessage = "Auth:ApiKeys:*:Name must be 1 to 64 letters a-z, digits, dots, underscores or hyphens.")]
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key, 64 hexadecimal digits.</summary>
    [RegularExpression("[0-9a-fA-F]{64}", ErrorMessage = "Auth:ApiKeys:*:Sha256 must be 64 hexadecimal digits.")]
    [Required]
    public string Sha256 { get; set; } = "";

    /// <summary><c>user</c>, <c>service</c>, <c>operator</c>.</summary>
    [Required]
    public string[] Roles { get; set; } = ["user"];

    /// <summary>Groups of which its callers are, as the allocation <c>group</c> of a flag names them.</summary>
    public string[] Groups { get; set; } = [];
}
