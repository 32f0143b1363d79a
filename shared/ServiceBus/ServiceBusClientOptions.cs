using System.Net.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace Vivace.ServiceBus;

/// <summary>How a <see cref="ServiceBusClient"/> connects and tries again. Set it before the client is made.</summary>
public sealed class ServiceBusClientOptions
{
    /// <summary>
    /// How long a try may take, and how often one that failed in a way that may pass is made again. Settling on the link that
    /// brought a message, accepting the next session, receiving a deferred message and cancelling a scheduled one are tried once.
    /// </summary>
    public ServiceBusRetryOptions RetryOptions { get; set; } = new();

    /// <summary>The clock of locks, tokens, pauses and limits. Default: the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Told, as a warning, of a token that could not be renewed; all else is thrown. Default: nobody is told.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Judges the broker's certificate in place of the system; null: the system does.</summary>
    public RemoteCertificateValidationCallback? CertificateValidationCallback { get; set; }

    /// <summary>Null: nobody is told.</summary>
    public IServiceBusObserver? Observer { get; set; }
}
