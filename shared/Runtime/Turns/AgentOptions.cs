using System.ComponentModel.DataAnnotations;

namespace Vivace.Runtime.Turns;

/// <summary>Who the agent is (section <c>Agent</c>).</summary>
public sealed class AgentOptions
{
    /// <summary>The name that replies carry and that counts as a mention in groups.</summary>
    [Required]
    [StringLength(64, MinimumLength = 1)]
    public string Name { get; set; } = "Vivace";

    /// <summary>The first lines of every prompt.</summary>
    [Required]
    public string Instructions { get; set; } = "You are a helpful, friendly assistant. Answer briefly and truthfully; say so when you do not know.";
}
