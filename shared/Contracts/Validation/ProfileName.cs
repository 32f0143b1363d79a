using System.Buffers;

namespace Vivace.Contracts.Validation;

/// <summary>The syntax of profile names: <c>[a-z0-9][a-z0-9-]{0,63}</c>.</summary>
public static class ProfileName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether a name is well formed; says nothing of whether such a profile exists.</summary>
    public static bool IsValid(string name)
        => name.Length is >= 1 and <= 64 && name[0] != '-' && !name.AsSpan().ContainsAnyExcept(Allowed);
}
