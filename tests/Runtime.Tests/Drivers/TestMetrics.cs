using System.Diagnostics.Metrics;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Tests.Drivers;

/// <summary>Metrics that nobody listens to.</summary>
internal static class TestMetrics
{
    private static readonly VivaceMetrics Shared = new(new Factory());

    public static VivaceMetrics Create() => Shared;

    private sealed class Factory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
