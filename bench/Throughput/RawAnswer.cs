using System.Text;

namespace Vivace.Bench.Throughput;

/// <summary>An answer, without its framing.</summary>
internal readonly record struct RawAnswer(bool IsOk, ReadOnlyMemory<byte> Body)
{
    public string Text => Encoding.UTF8.GetString(Body.Span);
}
