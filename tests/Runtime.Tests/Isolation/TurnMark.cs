using System.Globalization;
using System.Text.RegularExpressions;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Tests.Drivers;

namespace Vivace.Runtime.Tests.Isolation;

/// <summary>What the text of a turn says of it, so that every prompt made from it can be judged.</summary>
internal sealed partial record TurnMark(int Turn, ProcessingMode Mode, string Room)
{
    public static TurnMark Parse(string text) => TryParse(text) ?? throw new FormatException("A prompt without a mark.");

    public static TurnMark? TryParse(string text)
    {
        var match = Pattern().Matches(text).LastOrDefault();
        return match is null ? null : new(
            int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            match.Groups[2].Value == "Fast" ? ProcessingMode.Fast : ProcessingMode.Default,
            match.Groups[3].Value);
    }

    /// <summary>In default mode generation asks for the large model, everything else for the small one.</summary>
    public bool AsksLarge(ModelRequest request) => request.System.Contains("Your name is", StringComparison.Ordinal) || request.System.Contains("ambient", StringComparison.Ordinal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"turn={Turn} mode={Mode} room={Room}");

    [GeneratedRegex("turn=([0-9]+) mode=(Fast|Default) room=([0-9a-f]+)")]
    private static partial Regex Pattern();
}
