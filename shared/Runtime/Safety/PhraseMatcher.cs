using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Vivace.Runtime.Safety;

/// <summary>
/// Finds phrases as whole words in a text that may still grow, and secrets by their prefix. Case, full-width forms,
/// punctuation, white space and invisible characters do not matter to phrases; secrets are as they are written. An Aho-Corasick automaton (Aho and Corasick, 1975)
/// expanded into a table, so that each character costs one look-up.
/// </summary>
public sealed class PhraseMatcher
{
    /// <summary>Between words.</summary>
    internal const char Boundary = ' ';

    /// <summary>In place of what shows nothing.</summary>
    internal const char Ignorable = '\0';

    private readonly FrozenDictionary<char, int> wideSymbols;
    private readonly int[] symbolOf;
    private readonly int symbols;
    private readonly int[] next;
    private readonly int[] depth;
    private readonly bool[] ends;

    public PhraseMatcher(ImmutableArray<string> phrases, ImmutableArray<string> secretPrefixes, int minSecretLength)
    {
        SecretPrefixes = secretPrefixes;
        MinSecretLength = minSecretLength;
        if (phrases.FirstOrDefault(p => Normalize(p).Length == 0) is { } wordless)
        {
            throw new ArgumentException($"The phrase \"{wordless}\" has no letter and no digit.", nameof(phrases));
        }

        if (secretPrefixes.Any(p => p.Length == 0) || minSecretLength < 1)
        {
            throw new ArgumentException("A secret has a prefix, and its least length is at least 1.", nameof(secretPrefixes));
        }

        var patterns = phrases.Select(p => Boundary + Normalize(p) + Boundary).Distinct().ToArray();
        var alphabet = patterns.SelectMany(p => p).Distinct().Order().Select((c, i) => KeyValuePair.Create(c, i + 1)).ToArray();
        symbols = alphabet.Length + 1;
        wideSymbols = alphabet.Where(s => s.Key >= 128).ToFrozenDictionary();
        symbolOf = new int[128];
        foreach (var (c, symbol) in alphabet.Where(s => s.Key < 128))
        {
            symbolOf[c] = symbol;
        }

        var size = patterns.Sum(p => p.Length) + 1;
        next = new int[size * symbols];
        depth = new int[size];
        ends = new bool[size];
        var count = 1;
        foreach (var pattern in patterns)
        {
            Insert(pattern, ref count);
        }

        AddFailures();
        MaxDepth = depth.Max();
    }

    internal ImmutableArray<string> SecretPrefixes { get; }

    internal int MinSecretLength { get; }

    /// <summary>Characters of the longest phrase, boundaries included.</summary>
    internal int MaxDepth { get; }

    /// <summary>Begins to scan one text.</summary>
    public PhraseScan Scan() => new(this);

    internal int Step(int state, char normalized) => next[(state * symbols) + Symbol(normalized)];

    internal bool Ends(int state) => ends[state];

    internal int Depth(int state) => depth[state];

    /// <summary>The form in which texts are compared: lower case, one space between words; null: it is part of the word around it.</summary>
    internal static char? NormalizeChar(char c)
    {
        if (c < 128)
        {
            return char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : c == '\'' ? null : Invisible.IsControl(c) ? Ignorable : Boundary;
        }

        if (c is >= '\uFF01' and <= '\uFF5E')
        {
            return NormalizeChar((char)(c - 0xFEE0));
        }

        return c == '\u2019' || char.IsLowSurrogate(c) ? null
            : Invisible.IsIgnorable(c) ? Ignorable
            : char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : Boundary;
    }

    private int Symbol(char normalized) => normalized < 128 ? symbolOf[normalized] : wideSymbols.GetValueOrDefault(normalized);

    private static string Normalize(string phrase)
    {
        var normalized = string.Concat(phrase.Select(c => NormalizeChar(c) is { } n and not Ignorable ? n.ToString() : ""));
        return string.Join(Boundary, normalized.Split(Boundary, StringSplitOptions.RemoveEmptyEntries));
    }

    private void Insert(string pattern, ref int count)
    {
        var state = 0;
        foreach (var c in pattern)
        {
            ref var target = ref next[(state * symbols) + Symbol(c)];
            if (target == 0)
            {
                target = count++;
                depth[target] = depth[state] + 1;
            }

            state = target;
        }

        ends[state] = true;
    }

    private void AddFailures()
    {
        var fail = new int[depth.Length];
        var queue = new Queue<int>();
        for (var symbol = 0; symbol < symbols; symbol++)
        {
            if (next[symbol] != 0)
            {
                queue.Enqueue(next[symbol]);
            }
        }

        while (queue.TryDequeue(out var state))
        {
            ends[state] |= ends[fail[state]];
            for (var symbol = 0; symbol < symbols; symbol++)
            {
                ref var target = ref next[(state * symbols) + symbol];
                var fallback = next[(fail[state] * symbols) + symbol];
                if (target == 0)
                {
                    target = fallback;
                }
                else
                {
                    fail[target] = fallback;
                    queue.Enqueue(target);
                }
            }
        }
    }
}
