using System.Collections.Concurrent;
using System.Globalization;

namespace Vivace.Azure.AppConfiguration;

/// <summary>
/// The tokens by which a store recognises what a client has seen already, so that it never reads an older state from
/// another replica: <c>id=value;sn=n</c>, of each id the one with the highest n.
/// </summary>
internal sealed class SyncTokens
{
    private readonly ConcurrentDictionary<string, Token> newest = new(StringComparer.Ordinal);

    /// <summary>The value of the header to send, <c>id=value,...</c>; null before the first token.</summary>
    public string? Header => newest.IsEmpty ? null : string.Join(',', newest.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value.Text}"));

    /// <summary>Takes in the header of a response; what is not a token is passed over, as it only speeds consistency up.</summary>
    public void Add(string header)
    {
        foreach (var part in header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var number = part.LastIndexOf(";sn=", StringComparison.Ordinal);
            var name = part.IndexOf('=', StringComparison.Ordinal);
            if (number > 0 && name > 0 && name < number && long.TryParse(part.AsSpan(number + 4), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            {
                var token = new Token(part[(name + 1)..number], sequence);
                newest.AddOrUpdate(part[..name], token, (_, known) => token.Sequence > known.Sequence ? token : known);
            }
        }
    }

    private sealed record Token(string Text, long Sequence);
}
