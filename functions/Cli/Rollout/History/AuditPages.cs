using System.Text.Json;
using Vivace.Client.Rollouts;

namespace Vivace.Cli.Rollout.History;

/// <summary>Reads the audit log page by page.</summary>
internal static class AuditPages
{
    /// <summary>All entries after one. The head is that of the last page, so that entries written meanwhile are no fault.</summary>
    public static async Task<RolloutHistory> AllAsync(RolloutsClient rollouts, long after, Action<int>? progress, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (true)
        {
            var page = await rollouts.HistoryAsync(after, RolloutsClient.MostEntries, cancellationToken);
            lines.AddRange(page.Lines);
            progress?.Invoke(lines.Count);
            var last = page.Lines.Count > 0 ? SequenceOf(page.Lines[^1]) ?? after + page.Lines.Count : after;
            if (last <= after || last >= page.Head.Sequence)
            {
                return new RolloutHistory(lines, page.Head);
            }

            after = last;
        }
    }

    /// <summary>Null where a line is no entry.</summary>
    private static long? SequenceOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("sequence", out var sequence) && sequence.TryGetInt64(out var number) ? number : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
