using Vivace.Runtime.Models;

namespace Vivace.Runtime.Processing;

/// <summary>Which model answers.</summary>
/// <param name="Size">
/// The largest size that any text generation of the turn may use; calls that ask for a larger one get this one.
/// </param>
/// <param name="ServiceTier">Passed to the provider as it is, for example <c>priority</c>; the served tier is reported.</param>
public sealed record ModelOptions(ModelSize Size = ModelSize.Large, string? ServiceTier = null);
