namespace Vivace.Runtime.Safety;

/// <summary>The scan of one text that grows. Not for use from two threads at once.</summary>
public sealed class PhraseScan
{
    private readonly PhraseMatcher matcher;
    private readonly List<PhraseTrack> tracks;
    private int scanned;
    private int runStart;

    internal PhraseScan(PhraseMatcher matcher)
    {
        this.matcher = matcher;
        tracks = [new PhraseTrack(matcher)];
    }

    /// <summary>Scans what is new of the text.</summary>
    /// <returns>
    /// Whether it holds a phrase or a secret; else how many UTF-16 units from the start can become part of neither.
    /// </returns>
    public (bool Blocked, int Releasable) Continue(ReadOnlySpan<char> text, bool complete)
    {
        for (; scanned < text.Length; scanned++)
        {
            if (Phrase(text[scanned]) || Secret(text))
            {
                return (true, 0);
            }
        }

        if (complete)
        {
            return (tracks.Exists(track => track.EndsHere), text.Length);
        }

        return (false, Math.Min(PhraseStart(text.Length), SecretStart(text)));
    }

    private bool Phrase(char c)
    {
        if (PhraseMatcher.NormalizeChar(c) is not { } normalized)
        {
            return false;
        }

        if (normalized == PhraseMatcher.Ignorable)
        {
            return Fork();
        }

        var ended = false;
        foreach (var track in tracks)
        {
            ended |= track.Take(normalized, scanned);
        }

        Merge();
        return ended;
    }

    /// <summary>What shows nothing may stand within a word or between two: from here on both are read.</summary>
    private bool Fork()
    {
        var ended = false;
        for (var i = tracks.Count - 1; i >= 0; i--)
        {
            var track = tracks[i].Fork();
            ended |= track.Take(PhraseMatcher.Boundary, scanned);
            tracks.Add(track);
        }

        Merge();
        return ended;
    }

    /// <summary>Of tracks that meet, the one whose phrase began first stays.</summary>
    private void Merge()
    {
        for (var i = tracks.Count - 1; i > 0; i--)
        {
            var met = tracks.FindIndex(track => track.Meets(tracks[i]));
            if (met < i)
            {
                tracks[met] = tracks[met].Start(scanned) <= tracks[i].Start(scanned) ? tracks[met] : tracks[i];
                tracks.RemoveAt(i);
            }
        }
    }

    private bool Secret(ReadOnlySpan<char> text)
    {
        if (!IsRun(text[scanned]))
        {
            runStart = scanned + 1;
            return false;
        }

        var run = text[runStart..(scanned + 1)];
        return run.Length >= matcher.MinSecretLength && StartsWithSecret(run);
    }

    private int PhraseStart(int length)
    {
        var start = length;
        foreach (var track in tracks)
        {
            start = Math.Min(start, track.Start(length));
        }

        return start;
    }

    private int SecretStart(ReadOnlySpan<char> text)
    {
        var run = text[runStart..];
        if (run.IsEmpty)
        {
            return text.Length;
        }

        foreach (var prefix in matcher.SecretPrefixes)
        {
            if (run.StartsWith(prefix, StringComparison.Ordinal) || prefix.AsSpan().StartsWith(run, StringComparison.Ordinal))
            {
                return runStart;
            }
        }

        return text.Length;
    }

    private bool StartsWithSecret(ReadOnlySpan<char> run)
    {
        foreach (var prefix in matcher.SecretPrefixes)
        {
            if (run.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRun(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
