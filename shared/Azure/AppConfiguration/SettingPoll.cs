using Azure.Core;

namespace Vivace.Azure.AppConfiguration;

/// <summary>
/// Watches a selection cheaply: each page is asked for with the ETag that it had, and an unchanged one has no body. A page
/// more or fewer is a change too. Not for concurrent use.
/// </summary>
public sealed class SettingPoll(ConfigurationClient client, SettingSelector selector)
{
    private Dictionary<string, SettingPage> known = [];

    /// <summary>The selection, when it differs from what the last poll saw, in the order of keys; null when it does not.</summary>
    /// <remarks>A poll that fails leaves everything as it was, and the next one compares with the same state.</remarks>
    public async Task<IReadOnlyList<ConfigurationSetting>?> PollAsync(CancellationToken cancellationToken)
    {
        var pages = new List<(string Link, SettingPage Page)>();
        var changed = false;
        for (var link = client.Link(selector); link is not null; link = pages[^1].Page.Next)
        {
            var before = known.GetValueOrDefault(link);
            var now = await client.GetPageAsync(RequestMethod.Get, link, before?.ETag, cancellationToken).ConfigureAwait(false);
            changed |= now.Items is not null;
            pages.Add((link, now.Items is null ? await UnchangedAsync(link, before!, now, cancellationToken).ConfigureAwait(false) : now));
        }

        // Other pages with none of them changed: one has gone.
        if (!changed && pages.Count == known.Count)
        {
            known = pages.ToDictionary(p => p.Link, p => p.Page, StringComparer.Ordinal);
            return null;
        }

        known = pages.ToDictionary(p => p.Link, p => p.Page, StringComparer.Ordinal);
        return [.. pages.SelectMany(p => p.Page.Items!)];
    }

    /// <summary>Forgets what was seen, so that the next poll gives the selection whatever it is.</summary>
    public void Forget() => known = [];

    /// <summary>An ETag is of a page's content. Whether a full last page is still the last one, its headers tell.</summary>
    private async Task<SettingPage> UnchangedAsync(string link, SettingPage before, SettingPage now, CancellationToken cancellation)
    {
        var next = now.Next ?? before.Next;
        if (next is null && before.Items!.Count >= ConfigurationClient.PageSize)
        {
            next = (await client.GetPageAsync(RequestMethod.Head, link, null, cancellation).ConfigureAwait(false)).Next;
        }

        return before with { Next = next };
    }
}
