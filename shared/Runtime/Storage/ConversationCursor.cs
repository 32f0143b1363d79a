using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Vivace.Runtime.Storage;

/// <summary>Where a page of conversations ends: the last one's time of change and id.</summary>
public sealed record ConversationCursor(DateTimeOffset UpdatedAt, string Id)
{
    /// <summary>Reads the form that <see cref="ToString"/> gives.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ConversationCursor? cursor)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        cursor = dash > 0 && long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= MaxMilliseconds
            ? new ConversationCursor(DateTimeOffset.FromUnixTimeMilliseconds(at), text[(dash + 1)..])
            : null;
        return cursor is not null;
    }

    /// <summary>The form that clients return.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{UpdatedAt.ToUnixTimeMilliseconds()}-{Id}");

    private static long MaxMilliseconds => DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
