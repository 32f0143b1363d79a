using System.Globalization;
using Vivace.Runtime.Evaluations;

namespace Vivace.Api.Evaluations;

/// <summary>The form in which a page of dead letters says where the next one begins.</summary>
internal static class DeadLetterCursor
{
    public static string Write(EvaluationKey key) => string.Create(CultureInfo.InvariantCulture, $"{key.TurnId}~{key.Version}~{key.Evaluator}");

    public static bool TryParse(string text, out EvaluationKey? key)
    {
        var parts = text.Split('~', 3);
        key = parts.Length == 3 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new EvaluationKey(parts[0], parts[2], version)
            : null;
        return key is not null;
    }
}
