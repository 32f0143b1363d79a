using Vivace.Contracts.Processing;
using Vivace.Runtime.Policies;

namespace Vivace.Runtime.Processing;

/// <summary>How a message is processed: the content of a profile, before it is resolved against the capabilities.</summary>
/// <param name="Profile">The profile's name, <c>[a-z0-9][a-z0-9-]{0,63}</c>.</param>
/// <param name="Mode">The mode that the profile serves.</param>
/// <param name="Description">What the profile is for.</param>
/// <param name="Model">Which model answers.</param>
/// <param name="Generation">Limits of generation.</param>
/// <param name="Context">Which context the model sees.</param>
/// <param name="Actions">Which actions it may take.</param>
/// <param name="PreEvaluators">Which evaluators see the message first. Default all.</param>
/// <param name="PostEvaluators">Which evaluators see the reply.</param>
public sealed record MessageProcessingOptions(
    string Profile,
    ProcessingMode Mode,
    string Description = "",
    ModelOptions? Model = null,
    GenerationOptions? Generation = null,
    ContextOptions? Context = null,
    ActionOptions? Actions = null,
    CapabilityPolicy? PreEvaluators = null,
    PostEvaluatorOptions? PostEvaluators = null)
{
    /// <summary>Which model answers.</summary>
    public ModelOptions Model { get; init; } = Model ?? new();

    /// <summary>Limits of generation.</summary>
    public GenerationOptions Generation { get; init; } = Generation ?? new();

    /// <summary>Which context the model sees.</summary>
    public ContextOptions Context { get; init; } = Context ?? new();

    /// <summary>Which actions it may take.</summary>
    public ActionOptions Actions { get; init; } = Actions ?? new();

    /// <summary>Which evaluators see the message first.</summary>
    public CapabilityPolicy PreEvaluators { get; init; } = PreEvaluators ?? CapabilityPolicy.All;

    /// <summary>Which evaluators see the reply.</summary>
    public PostEvaluatorOptions PostEvaluators { get; init; } = PostEvaluators ?? new();
}
