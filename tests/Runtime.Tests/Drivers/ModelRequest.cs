using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Tests.Drivers;

/// <summary>What a model received.</summary>
internal sealed record ModelRequest(string Model, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, bool Streamed)
{
    public string System => Messages.FirstOrDefault(m => m.Role == ChatRole.System)?.Text ?? "";

    public string LastUser => Messages.LastOrDefault(m => m.Role == ChatRole.User)?.Text ?? "";

    public bool IsShouldRespond => System.StartsWith("Task: should respond.", StringComparison.Ordinal);

    public bool IsEvaluation => System.StartsWith("Task: quality score.", StringComparison.Ordinal) || System.StartsWith("Task: reflection.", StringComparison.Ordinal);

    public FunctionResultContent? ToolResult => Messages.Count > 0 ? Messages[^1].Contents.OfType<FunctionResultContent>().LastOrDefault() : null;

    public IReadOnlyList<string> Tools => [.. (Options?.Tools ?? []).Select(t => t.Name)];
}
