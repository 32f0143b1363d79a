using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Tests.Drivers;

/// <summary>What a scripted model answers; text is streamed in pieces of <paramref name="ChunkLength"/> characters.</summary>
internal sealed record ScriptedAnswer(IReadOnlyList<AIContent> Contents, int ChunkLength = 7)
{
    public static ScriptedAnswer Say(string text, int chunkLength = 7) => new([new TextContent(text)], chunkLength);

    public static ScriptedAnswer Call(string action, params (string Name, object? Value)[] arguments)
        => new([new FunctionCallContent($"call-{action}", action, arguments.ToDictionary(a => a.Name, a => a.Value))]);

    /// <summary>What built-in evaluators and should-respond expect, else the text.</summary>
    public static ScriptedAnswer For(ModelRequest request, string text)
        => Say(request.IsShouldRespond ? "RESPOND" : request.IsEvaluation ? "75" : text);
}
