using Microsoft.Extensions.Logging.Abstractions;

namespace Vivace.ServiceBus;

public sealed class ServiceBusClientOptions
{
    public ServiceBusRetryOptions RetryOptions { get; set; } = new();

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>Null: nobody is told.</summary>
    public IServiceBusObserver? Observer { get; set; }
}
