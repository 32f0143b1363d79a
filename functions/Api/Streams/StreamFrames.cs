using System.Runtime.CompilerServices;
using Vivace.Contracts.Processing;

namespace Vivace.Api.Streams;

internal static class StreamFrames
{
    /// <summary>
    /// While the contract flag is off, what a message asked for is stored and forwarded nowhere; its sender is told of it here,
    /// where it came in.
    /// </summary>
    public static async IAsyncEnumerable<StreamFrame> AsToldTo(
        this IAsyncEnumerable<StreamFrame> frames, ProcessingReport sender, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var frame in frames.WithCancellation(cancellationToken))
        {
            yield return sender.Reason == FallbackReason.ContractFlagOff && frame.Event is { Processing: { } served } terminal
                ? frame with { Event = terminal with { Processing = served with { Requested = sender.Requested, DecidedBy = sender.DecidedBy, Reason = sender.Reason } } }
                : frame;
        }
    }
}
