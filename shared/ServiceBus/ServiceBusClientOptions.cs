using System.Net.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace Vivace.ServiceBus;

public sealed class ServiceBusClientOptions
{
    public ServiceBusRetryOptions RetryOptions { get; set; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Judges the broker's certificate in place of the system; null: the system does.</summary>
    public RemoteCertificateValidationCallback? CertificateValidationCallback { get; set; }

    /// <summary>Null: nobody is told.</summary>
    public IServiceBusObserver? Observer { get; set; }
}
