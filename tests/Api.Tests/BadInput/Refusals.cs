using Vivace.Testing.Http;

namespace Vivace.Api.Tests.BadInput;

/// <summary>What every refusal has in common.</summary>
internal static class Refusals
{
    /// <summary>Problem details (RFC 9457), nothing stored, and the process still answers.</summary>
    public static async Task AssertRefusedAsync(this Conversation conversation, Answer answer, int status)
    {
        answer.AssertProblem(status);
        Assert.Empty(await conversation.HistoryAsync());
        Assert.Equal(200, (await conversation.GetAsync()).Status);
    }

    public static void AssertProblem(this Answer answer, int status)
    {
        Assert.True(status == answer.Status, $"Expected {status}, got {answer}");
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.StartsWith("/problems/", answer["type"], StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(answer["title"]));
        Assert.Equal($"{status}", answer["status"]);
        foreach (var fault in answer.Json.Find("errors")?.EnumerateArray() ?? [])
        {
            Assert.NotNull(fault.At("pointer"));
            Assert.False(string.IsNullOrEmpty(fault.At("detail")));
        }
    }

    public static IEnumerable<string?> Pointers(this Answer answer)
        => answer.Json.Find("errors")?.EnumerateArray().Select(e => e.At("pointer")) ?? [];
}
