using Vivace.Contracts.Capabilities;

namespace Vivace.Cli.Probe;

/// <summary>All that a probe has seen, to be judged.</summary>
/// <param name="Before">What the server said of itself at the start.</param>
/// <param name="After">And at the end.</param>
internal sealed record ProbeRun(
    CapabilitiesReply Before, CapabilitiesReply After, IReadOnlyList<ConversationObservation> Conversations, IReadOnlyList<ProbeError> Errors);
