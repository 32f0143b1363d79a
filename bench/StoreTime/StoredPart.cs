namespace Vivace.Bench.StoreTime;

/// <summary>What of a turn is stored.</summary>
internal enum StoredPart
{
    /// <summary>What a turn reads, and the one write of a turn that ends before it waits for anything.</summary>
    ReadsAndOneWrite,

    /// <summary>That write alone.</summary>
    OneWrite,

    /// <summary>Acceptance and end, each durable by itself, as of a turn that waits for its model or has a key.</summary>
    TwoWrites,
}
