using System.Runtime.CompilerServices;

namespace Vivace.Runtime.Tests.Golden;

/// <summary>
/// Compares with a reviewed file. With VIVACE_GOLDEN=write the files are written anew, to be read before they are committed.
/// </summary>
internal static class Golden
{
    public static void AssertEqual(string name, string actual, bool replaceStreamed, [CallerFilePath] string source = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(source)!, $"{name}.golden.txt");
        if (replaceStreamed)
        {
            actual = actual.Replace("streamed True", "streamed <either>", StringComparison.Ordinal).Replace("streamed False", "streamed <either>", StringComparison.Ordinal)
                .Replace("streamed=1", "streamed=<either>", StringComparison.Ordinal).Replace("streamed=0", "streamed=<either>", StringComparison.Ordinal)
                .Replace("streaming_attempt=1", "streaming_attempt=<either>", StringComparison.Ordinal).Replace("streaming_attempt= ", "streaming_attempt=<either> ", StringComparison.Ordinal);
        }

        if (Environment.GetEnvironmentVariable("VIVACE_GOLDEN") == "write")
        {
            File.WriteAllText(path, actual);
        }

        var copy = Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.golden.txt");
        Assert.Equal(File.ReadAllText(File.Exists(path) ? path : copy), actual);
    }
}
