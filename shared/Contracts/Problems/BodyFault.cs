namespace Vivace.Contracts.Problems;

/// <summary>One fault of a request body.</summary>
/// <param name="Pointer">Where: a JSON Pointer (RFC 6901); empty for the whole body.</param>
/// <param name="Detail">What is wrong, in a sentence.</param>
public sealed record BodyFault(string Pointer, string Detail);
