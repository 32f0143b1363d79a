namespace Vivace.Runtime.Processing;

/// <summary>Limits of generation.</summary>
/// <param name="MaxModelCalls">Model calls before the reply, 1 to 20; at 1 an action's own text is the reply.</param>
/// <param name="Retries">Further tries of a model call that failed before its first byte, 0 to 10.</param>
/// <param name="DeadlineSeconds">Seconds until the turn is given up, above 0 and at most 600.</param>
/// <param name="MaxOutputTokens">Tokens of one model answer, from 1; null leaves it to the provider.</param>
/// <param name="Instructions">Added to the instructions, for example to bound replies that are spoken.</param>
public sealed record GenerationOptions(
    int MaxModelCalls = 6, int Retries = 3, double DeadlineSeconds = 120, int? MaxOutputTokens = null, string? Instructions = null);
