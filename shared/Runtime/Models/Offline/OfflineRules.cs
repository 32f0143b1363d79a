using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Pipeline;

namespace Vivace.Runtime.Models.Offline;

/// <summary>The rules of the demonstration model. The same prompt gives the same answer.</summary>
internal static partial class OfflineRules
{
    public static OfflineAnswer Answer(IReadOnlyList<ChatMessage> prompt, ChatOptions? options)
    {
        var system = prompt.FirstOrDefault(m => m.Role == ChatRole.System)?.Text ?? "";
        var last = prompt.Count > 0 ? prompt[^1] : null;
        var text = prompt.LastOrDefault(m => m.Role == ChatRole.User)?.Text ?? "";
        if (system.StartsWith(ShouldRespondStage.Task, StringComparison.Ordinal))
        {
            return new OfflineAnswer(text.TrimEnd().EndsWith('?') ? "RESPOND" : "IGNORE");
        }

        if (system.StartsWith(QualityScoreEvaluator.Task, StringComparison.Ordinal))
        {
            return new OfflineAnswer(Score(text));
        }

        if (system.StartsWith(ReflectionEvaluator.Task, StringComparison.Ordinal))
        {
            return new OfflineAnswer(Reflect(text));
        }

        return last?.Contents.OfType<FunctionResultContent>().LastOrDefault() is { } result
            ? new OfflineAnswer(Tell($"{result.Result}"))
            : CallFor(text, options?.Tools) ?? new OfflineAnswer(Talk(prompt, system, text));
    }

    /// <summary>What an action returned, which may be a sentence already.</summary>
    private static string Tell(string result) => result.EndsWith('.') ? result : $"The result is {result}.";

    private static OfflineAnswer? CallFor(string text, IList<AITool>? tools)
    {
        if (Sum().Match(text) is { Success: true } sum && Offers(tools, "CALCULATE"))
        {
            return Call("CALCULATE", new() { ["expression"] = sum.Value.Trim() });
        }

        if (Clock().IsMatch(text) && Offers(tools, "CURRENT_TIME"))
        {
            return Call("CURRENT_TIME", []);
        }

        return Remember().Match(text) is { Success: true } remember && Offers(tools, "REMEMBER_FACT")
            ? Call("REMEMBER_FACT", new() { ["fact"] = remember.Groups[1].Value.Trim() })
            : null;
    }

    private static string Talk(IReadOnlyList<ChatMessage> prompt, string system, string text)
    {
        if (AskedName().IsMatch(text))
        {
            var known = prompt.Where(m => m.Role != ChatRole.Assistant).Select(m => GivenName().Match(m.Text)).LastOrDefault(m => m.Success);
            return known is null ? "You have not told me your name yet." : $"Your name is {known.Groups[1].Value}.";
        }

        if (GivenName().Match(text) is { Success: true } given)
        {
            return $"Nice to meet you, {given.Groups[1].Value}!";
        }

        if (Greeting().IsMatch(text))
        {
            var name = AgentName().Match(system) is { Success: true } match ? match.Groups[1].Value : "Vivace";
            return $"Hello! I am {name}. Ask me for a sum or the time, or tell me your name.";
        }

        return $"You said: \"{(text.Length > 200 ? text[..TextBoundary(text, 200)] + "…" : text)}\". I am a demonstration model that follows rules; connect a real one for real answers.";
    }

    private static string Score(string text)
    {
        var reply = text[(text.IndexOf("\nReply: ", StringComparison.Ordinal) + 1)..];
        var helpful = reply.Contains("Sorry", StringComparison.OrdinalIgnoreCase) ? 40 : 80;
        return $"{helpful + (reply.Length % 16)}";
    }

    private static string Reflect(string text)
    {
        var message = text.Split('\n')[0]["Message: ".Length..];
        var words = message.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8);
        return $"The user wrote about: {string.Join(' ', words)}";
    }

    private static int TextBoundary(string text, int at) => char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;

    private static bool Offers(IList<AITool>? tools, string name) => tools?.Any(t => t.Name == name) is true;

    private static OfflineAnswer Call(string name, Dictionary<string, object?> arguments)
        => new("", new FunctionCallContent($"call-{name}", name, arguments));

    [GeneratedRegex(@"[(\-\d][\d\s.()]*[-+*/×÷][\d\s.()+\-*/×÷]*[\d)]")]
    private static partial Regex Sum();

    [GeneratedRegex(@"\b(?:what time|the time|what day|the date|time is it)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bremember (?:that )?(.{3,200})", RegexOptions.IgnoreCase)]
    private static partial Regex Remember();

    [GeneratedRegex(@"\bwhat(?:'s| is) my name\b", RegexOptions.IgnoreCase)]
    private static partial Regex AskedName();

    [GeneratedRegex(@"\bmy name is ([\p{L}][\p{L}'-]{0,40})", RegexOptions.IgnoreCase)]
    private static partial Regex GivenName();

    [GeneratedRegex(@"^\s*(?:hi|hello|hey|good (?:morning|evening|day))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^Your name is ([^.\n]{1,64})\.")]
    private static partial Regex AgentName();
}
