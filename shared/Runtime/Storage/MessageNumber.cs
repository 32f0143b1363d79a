namespace Vivace.Runtime.Storage;

/// <summary>
/// Positions of messages in a conversation. Turn n owns 2n-1 for the message and 2n for its reply, so that replies stand
/// beside what they answer however turns overlap, and a turn can have one reply only.
/// </summary>
public static class MessageNumber
{
    public static long OfUser(long turn) => (2 * turn) - 1;

    public static long OfReply(long turn) => 2 * turn;
}
