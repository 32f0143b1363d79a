using System.Diagnostics.CodeAnalysis;

namespace Vivace.Runtime.Turns;

/// <summary>Makes identifiers: 32 hexadecimal digits of a UUID version 7 (RFC 9562), so that they sort by time.</summary>
public sealed class IdGenerator(TimeProvider time)
{
    /// <summary>A new identifier.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place that makes identifiers; its time is injected.")]
    public string Next() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
}
