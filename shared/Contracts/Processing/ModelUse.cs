namespace Vivace.Contracts.Processing;

/// <summary>One model call of a turn.</summary>
/// <param name="Type">The size that served it: <c>small</c> or <c>large</c>.</param>
/// <param name="Requested">The model that was asked of the provider.</param>
/// <param name="Served">The provider's own name for the model that answered; absent when it gave none.</param>
/// <param name="ServiceTier">The service tier that the provider says it used; absent when it said none.</param>
public sealed record ModelUse(string Type, string Requested, string? Served = null, string? ServiceTier = null);
