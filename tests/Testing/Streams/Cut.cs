namespace Vivace.Testing.Streams;

/// <summary>Where a connection is cut.</summary>
/// <param name="AfterEvents">Complete events before it.</param>
/// <param name="Bytes">Further bytes of the next event; 0: between two events.</param>
/// <param name="InsideCodePoint">Then on to the next first byte of a longer code point.</param>
public readonly record struct Cut(int AfterEvents, int Bytes = 0, bool InsideCodePoint = false)
{
    public static Cut Never => new(int.MaxValue);
}
