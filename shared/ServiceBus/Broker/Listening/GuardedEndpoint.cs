using Amqp.Framing;
using Amqp.Listener;

namespace Vivace.ServiceBus.Broker.Listening;

/// <summary>A link's endpoint whose callbacks never throw: to the library that would be an error of the whole connection.</summary>
internal abstract partial class GuardedEndpoint(ListenerLink link, ILogger logger) : LinkEndpoint
{
    protected ListenerLink Link => link;

    protected ILogger Logger => logger;

    public sealed override void OnMessage(MessageContext messageContext) => Guard(() => Receive((TransferMessage)messageContext.Message));

    public sealed override void OnFlow(FlowContext flowContext) => Guard(() => Flow(flowContext.Messages));

    public sealed override void OnDisposition(DispositionContext dispositionContext)
        => Guard(() => Dispose(dispositionContext.Message, dispositionContext.DeliveryState, dispositionContext.Settled));

    protected virtual void Receive(TransferMessage message)
    {
    }

    protected virtual void Flow(int credit)
    {
    }

    protected virtual void Dispose(Amqp.Message message, DeliveryState state, bool settled)
    {
    }

    /// <summary>Runs what must not throw; the link is detached when it does.</summary>
    protected void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (link.IsClosed)
        {
            Log.LateCall(logger, e);
        }
        catch (Exception e)
        {
            Log.Failed(logger, e);
            Detach(new Error(Amqp.ErrorCode.InternalError) { Description = "The broker failed." });
        }
    }

    protected void Detach(Error error)
    {
        try
        {
            link.Close(TimeSpan.Zero, error);
        }
        catch (Exception e)
        {
            // It is closing already, or its connection is.
            Log.LateCall(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "A link was used while it closed")]
        public static partial void LateCall(ILogger logger, Exception fault);

        [LoggerMessage(LogLevel.Error, "The broker failed; the link is detached")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
