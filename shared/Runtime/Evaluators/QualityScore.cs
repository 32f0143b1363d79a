using System.Text.Json;
using Vivace.Runtime.Evaluations;

namespace Vivace.Runtime.Evaluators;

/// <summary>The result of the evaluator that scores replies.</summary>
public static class QualityScore
{
    /// <summary>The evaluator's name.</summary>
    public const string Evaluator = "QUALITY_SCORE";

    internal const string Member = "score";

    /// <summary>The score, 0 to 100; null where the record is of another evaluator, or holds none.</summary>
    public static double? Read(EvaluationRecord record)
    {
        if (record is not { Evaluator: Evaluator, Status: EvaluationStatus.Completed, Result: { } result })
        {
            return null;
        }

        using var document = JsonDocument.Parse(result);
        return document.RootElement.TryGetProperty(Member, out var score) && score.TryGetDouble(out var value) ? value : null;
    }
}
