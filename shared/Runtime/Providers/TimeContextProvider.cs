using System.Globalization;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Providers;

/// <summary>The present time, to the minute, in UTC.</summary>
internal sealed class TimeContextProvider(TimeProvider time) : IContextProvider
{
    public CapabilityDescriptor Descriptor { get; } = new()
    {
        Name = "TIME",
        Description = "The present time.",
        Tags = ["context:time", "latency:low"],
        Position = 60,
    };

    public ValueTask<ContextContribution> ProvideAsync(ProviderContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToString("dddd, yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new(new ContextContribution($"It is {now} UTC."));
    }
}
