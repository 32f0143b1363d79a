using Vivace.Client.Streams;

namespace Vivace.Cli.Tests.Drivers;

internal static class TurnEvents
{
    /// <summary>All text of a stream, once it has ended.</summary>
    public static async Task<string> TextAsync(this IAsyncEnumerable<TurnEvent> events)
    {
        var text = "";
        await foreach (var next in events)
        {
            text += (next as TurnText)?.Text;
        }

        return text;
    }
}
