using System.Collections.Immutable;

namespace Vivace.Rollouts.Flags;

/// <summary>The flags of fast mode, in the order in which one presupposes the other.</summary>
public static class FlagNames
{
    /// <summary><c>processing</c> is honoured.</summary>
    public const string Contract = "fast-mode-contract";

    /// <summary>Fast mode is served; its allocation is the rollout.</summary>
    public const string Runtime = "fast-mode-runtime";

    /// <summary>Clients show a mode switch.</summary>
    public const string Ui = "fast-mode-ui";

    /// <summary>A cloud path that cannot honour the mode is refused.</summary>
    public const string CloudEnforced = "fast-mode-cloud-enforced";

    /// <summary>The variant served fast.</summary>
    public const string FastVariant = "fast";

    /// <summary>The variant that is compared with it.</summary>
    public const string ControlVariant = "control";

    /// <summary>The beginning of every name.</summary>
    public const string Prefix = "fast-mode-";

    /// <summary>Every flag; the contract first, then the runtime.</summary>
    public static ImmutableArray<string> All { get; } = [Contract, Runtime, CloudEnforced, Ui];
}
