using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Vivace.Testing.AppConfiguration;

/// <summary>The key-values, with the conditions under which they are written. Its state may be kept and served again.</summary>
internal sealed class StandInStore(Func<DateTimeOffset> now)
{
    private readonly Lock gate = new();
    private ImmutableSortedDictionary<string, StandInSetting> settings = ImmutableSortedDictionary.Create<string, StandInSetting>(StringComparer.Ordinal);
    private ImmutableSortedDictionary<string, StandInSetting>? older;
    private int writes;

    /// <summary>What is stored; reads see <see cref="Older"/> instead while that is set.</summary>
    public ImmutableSortedDictionary<string, StandInSetting> State
    {
        get
        {
            lock (gate)
            {
                return settings;
            }
        }
    }

    /// <summary>A former state that reads are served from, as from a replica that lags.</summary>
    public ImmutableSortedDictionary<string, StandInSetting>? Older
    {
        get => Volatile.Read(ref older);
        set => Volatile.Write(ref older, value);
    }

    public StandInSetting? Find(string key, string? label) => (Older ?? State).GetValueOrDefault(Id(key, label));

    /// <summary>Every key-value that the filters select, after a position, in the order of keys.</summary>
    public IEnumerable<StandInSetting> Select(string keyFilter, string? labelFilter, string? after) => (Older ?? State)
        .Where(s => after is null || string.CompareOrdinal(s.Key, after) > 0)
        .Select(s => s.Value)
        .Where(s => Matches(keyFilter, s.Key) && (labelFilter is null || Matches(labelFilter, s.Label ?? "\0")));

    public StandInWrite Put(string key, string? label, string? value, string? contentType, IReadOnlyDictionary<string, string> tags, string? ifMatch, string? ifNoneMatch)
    {
        lock (gate)
        {
            var before = settings.GetValueOrDefault(Id(key, label));
            if (Refused(before, ifMatch, ifNoneMatch) is { } status)
            {
                return new StandInWrite(status);
            }

            var setting = new StandInSetting(key, label, value, contentType, tags) { ETag = NextETag(), LastModified = now() };
            settings = settings.SetItem(Id(key, label), setting);
            return new StandInWrite(200, setting);
        }
    }

    public StandInWrite Delete(string key, string? label, string? ifMatch)
    {
        lock (gate)
        {
            var before = settings.GetValueOrDefault(Id(key, label));
            if (Refused(before, ifMatch, null) is { } status)
            {
                return new StandInWrite(status);
            }

            settings = settings.Remove(Id(key, label));
            return new StandInWrite(before is null ? 204 : 200, before);
        }
    }

    public void Lock(string key, string? label, bool locked)
    {
        lock (gate)
        {
            settings = settings.SetItem(Id(key, label), settings[Id(key, label)] with { IsLocked = locked });
        }
    }

    /// <summary>The position of a key-value in the order of pages.</summary>
    public static string Id(string key, string? label) => $"{key}\n{label}";

    private static int? Refused(StandInSetting? before, string? ifMatch, string? ifNoneMatch)
    {
        if ((ifMatch is not null && (before is null || (ifMatch != "*" && ifMatch != $"\"{before.ETag}\"")))
            || (ifNoneMatch is not null && before is not null && (ifNoneMatch == "*" || ifNoneMatch == $"\"{before.ETag}\"")))
        {
            return 412;
        }

        return before is { IsLocked: true } ? 409 : null;
    }

    private static bool Matches(string filter, string text)
        => filter.EndsWith('*') ? text.StartsWith(filter[..^1], StringComparison.Ordinal) : text == filter;

    private string NextETag()
    {
        var count = (++writes).ToString(CultureInfo.InvariantCulture);
        return WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.UTF8.GetBytes(count)).AsSpan(0, 16));
    }
}
