using Vivace.Client.Problems;

namespace Vivace.Client.Transport;

/// <summary>What the transport throws where no answer, or only a part of one, came.</summary>
internal static class Failures
{
    public static bool OfTransport(Exception e, CancellationToken cancellationToken)
        => e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    public static VivaceUnreachableException Unreachable(Exception e, Uri address) => e switch
    {
        HttpRequestException { HttpRequestError: var kind } when IsBeforeSending(kind)
            => new($"{address} cannot be reached: {e.Message}", neverSent: true, e),
        OperationCanceledException => new($"{address} did not answer in time.", neverSent: false, e),
        _ => new($"The connection to {address} was lost: {e.Message}", neverSent: false, e),
    };

    /// <summary>A browser names no kind, so there a call that failed may have been sent.</summary>
    private static bool IsBeforeSending(HttpRequestError kind) => kind
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
}
