using Amqp;
using Amqp.Listener;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>
/// Sends nothing until the peer's AMQP header has come: a client that changes its protocol layer on the SASL outcome loses
/// what comes in the same segment. Also reads ahead, since the library asks for every frame in two parts.
/// </summary>
internal sealed class HandshakeTransport(IAsyncTransport inner, OpenConnections connections) : IAsyncTransport
{
    private const int HeaderSize = 8;
    private const int ReadAhead = 32 * 1024;

    private readonly TaskCompletionSource header = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] ahead = new byte[ReadAhead];
    private int start;
    private int end;
    private long handedOver;

    public void SetConnection(Connection connection)
    {
        inner.SetConnection(connection);
        BrokerConnection.Of((ListenerConnection)connection).Transport = this;
        connections.Add(connection, this);
    }

    public Task SendAsync(IList<ByteBuffer> bufferList, int listSize)
        => header.Task.IsCompletedSuccessfully ? inner.SendAsync(bufferList, listSize) : SendLaterAsync(bufferList, listSize);

    public Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
        => start < end ? Task.FromResult(HandOver(buffer, offset, count)) : ReadAsync(buffer, offset, count);

    public void Send(ByteBuffer buffer) => throw new NotSupportedException("The listener sends asynchronously.");

    public int Receive(byte[] buffer, int offset, int count) => throw new NotSupportedException("The listener receives asynchronously.");

    public void Close()
    {
        header.TrySetException(new OperationCanceledException("The connection was closed before the peer's header had come."));
        inner.Close();
    }

    private async Task SendLaterAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        await header.Task.ConfigureAwait(false);
        await inner.SendAsync(bufferList, listSize).ConfigureAwait(false);
    }

    private async Task<int> ReadAsync(byte[] buffer, int offset, int count)
    {
        try
        {
            // What is longer than the buffer needs no detour.
            if (count >= ahead.Length)
            {
                return await inner.ReceiveAsync(buffer, offset, count).ConfigureAwait(false);
            }

            end = await inner.ReceiveAsync(ahead, 0, ahead.Length).ConfigureAwait(false);
            start = 0;
        }
        catch (Exception e)
        {
            // The library's writer waits for its own writes before it closes the socket.
            header.TrySetException(e);
            throw;
        }

        if (end == 0)
        {
            header.TrySetException(new OperationCanceledException("The peer has closed the connection."));
            return 0;
        }

        return HandOver(buffer, offset, count);
    }

    private int HandOver(byte[] buffer, int offset, int count)
    {
        count = Math.Min(count, end - start);
        Buffer.BlockCopy(ahead, start, buffer, offset, count);
        start += count;
        if ((handedOver += count) >= HeaderSize)
        {
            header.TrySetResult();
        }

        return count;
    }
}
