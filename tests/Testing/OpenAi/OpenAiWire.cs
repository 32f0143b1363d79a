using System.Text.Json.Nodes;

namespace Vivace.Testing.OpenAi;

/// <summary>The bodies of the chat completions protocol.</summary>
internal static class OpenAiWire
{
    public const string Model = "stand-in-2026";

    public static string Completion(OpenAiAnswer answer)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Chunks.Count == 0 ? null : string.Concat(answer.Chunks) };
        if (answer.Calls.Count > 0)
        {
            message["tool_calls"] = Calls(answer, streamed: false);
        }

        var choice = new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = Reason(answer) };
        return Envelope("chat.completion", choice, answer).ToJsonString();
    }

    public static string Chunk(OpenAiAnswer answer, string text) => Delta(answer, new JsonObject { ["content"] = text }, null);

    public static string CallsChunk(OpenAiAnswer answer) => Delta(answer, new JsonObject { ["tool_calls"] = Calls(answer, streamed: true) }, null);

    public static string FirstChunk(OpenAiAnswer answer) => Delta(answer, new JsonObject { ["role"] = "assistant", ["content"] = "" }, null);

    public static string LastChunk(OpenAiAnswer answer) => Delta(answer, [], Reason(answer));

    public static string Error(int status)
        => new JsonObject { ["error"] = new JsonObject { ["message"] = "The stand-in was told to fail.", ["type"] = "server_error", ["code"] = $"{status}" } }.ToJsonString();

    private static string Delta(OpenAiAnswer answer, JsonObject delta, string? reason)
        => Envelope("chat.completion.chunk", new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }, answer).ToJsonString();

    private static string Reason(OpenAiAnswer answer) => answer.Calls.Count > 0 ? "tool_calls" : "stop";

    private static JsonArray Calls(OpenAiAnswer answer, bool streamed)
    {
        var calls = new JsonArray();
        foreach (var (index, (name, arguments)) in answer.Calls.Index())
        {
            var call = new JsonObject
            {
                ["id"] = $"call_{index}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments },
            };
            if (streamed)
            {
                call["index"] = index;
            }

            calls.Add(call);
        }

        return calls;
    }

    private static JsonObject Envelope(string kind, JsonObject choice, OpenAiAnswer answer)
    {
        var envelope = new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = kind,
            ["created"] = 1_767_225_600,
            ["model"] = Model,
            ["choices"] = new JsonArray(choice),
        };
        if (answer.ServiceTier is { } tier)
        {
            envelope["service_tier"] = tier;
        }

        return envelope;
    }
}
