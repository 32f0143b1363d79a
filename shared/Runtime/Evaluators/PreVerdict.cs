namespace Vivace.Runtime.Evaluators;

/// <summary>A pre-evaluator's verdict: pass, rewrite or block.</summary>
public sealed record PreVerdict
{
    private PreVerdict(string? replacement, string? rewritten, string? reason)
    {
        Replacement = replacement;
        Rewritten = rewritten;
        Reason = reason;
    }

    /// <summary>The message may go on as it is.</summary>
    public static PreVerdict Pass { get; } = new(null, null, null);

    /// <summary>The reply in place of the turn; null unless blocked.</summary>
    public string? Replacement { get; }

    /// <summary>The message to go on with; null unless rewritten.</summary>
    public string? Rewritten { get; }

    /// <summary>A constant that says why; never the text itself.</summary>
    public string? Reason { get; }

    /// <summary>Ends the turn with a replacement.</summary>
    public static PreVerdict Block(string replacement, string reason) => new(replacement, null, reason);

    /// <summary>Goes on with another text.</summary>
    public static PreVerdict Rewrite(string text, string reason) => new(null, text, reason);
}
