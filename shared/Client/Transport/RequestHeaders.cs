using System.Buffers;

namespace Vivace.Client.Transport;

/// <summary>The headers of every request.</summary>
internal static class RequestHeaders
{
    private static readonly SearchValues<char> Visible
        = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    /// <exception cref="ArgumentException">A value cannot stand in a header; the message does not repeat it.</exception>
    public static IReadOnlyList<(string Name, string Value)> Of(VivaceClientOptions options)
    {
        var headers = new List<(string Name, string Value)>();
        Add("X-Api-Key", options.ApiKey);
        Add("X-Vivace-User", options.User);
        foreach (var (name, value) in options.Headers)
        {
            Add(name, value);
        }

        return headers;

        void Add(string name, string? value)
        {
            if (value?.AsSpan().ContainsAnyExcept(Visible) is true)
            {
                throw new ArgumentException($"The value of {name} must be visible ASCII.", nameof(options));
            }

            if (!string.IsNullOrEmpty(value))
            {
                headers.Add((name, value));
            }
        }
    }
}
