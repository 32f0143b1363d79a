using Vivace.Contracts.Processing;

namespace Vivace.Contracts.Capabilities;

/// <summary>Reply of <c>GET /api/capabilities</c>: what a client may ask of this server.</summary>
public sealed record CapabilitiesReply
{
    /// <summary>The agent's name.</summary>
    public required string AgentName { get; init; }

    /// <summary>Whether <c>processing</c> is honoured at present (flag <c>fast-mode-contract</c>).</summary>
    public required bool ProcessingAccepted { get; init; }

    /// <summary>Whether a mode switch should be shown to people (flag <c>fast-mode-ui</c>).</summary>
    public required bool ShowModeSwitch { get; init; }

    /// <summary>The application's default mode.</summary>
    public required ProcessingMode DefaultMode { get; init; }

    /// <summary>Whether the models are the built-in demonstration and not a real provider.</summary>
    public required bool DemoModels { get; init; }

    /// <summary>The profiles that may be named, by name.</summary>
    public required IReadOnlyList<ProfileDescription> Profiles { get; init; }

    /// <summary>Limits of requests.</summary>
    public required RequestLimits Limits { get; init; }
}
