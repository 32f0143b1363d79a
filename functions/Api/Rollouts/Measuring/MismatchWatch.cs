using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Vivace.Runtime.Telemetry;

namespace Vivace.Api.Rollouts.Measuring;

/// <summary>
/// Listens to the counter of mismatches of this application: whoever counts one, here or in a later version, has it reach the
/// rollout, and whoever waits for it at once.
/// </summary>
internal sealed class MismatchWatch : IDisposable
{
    private readonly Channel<bool> alarm = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly MeterListener listener = new();
    private readonly RolloutRecorder recorder;

    public MismatchWatch(RolloutRecorder recorder, IMeterFactory meters)
    {
        this.recorder = recorder;
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == TelemetryNames.Mismatches && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => See(count, tags));
        listener.Start();
    }

    /// <summary>Completes when one has been seen since the last time.</summary>
    public ValueTask<bool> SeenAsync(CancellationToken cancellation) => alarm.Reader.ReadAsync(cancellation);

    public void Dispose() => listener.Dispose();

    private void See(long count, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kind = MismatchKind.Model;
        foreach (var tag in tags)
        {
            if (tag.Key == TelemetryNames.Kind && Enum.TryParse<MismatchKind>(tag.Value as string, ignoreCase: true, out var said))
            {
                kind = said;
            }
        }

        for (var i = 0; i < count; i++)
        {
            recorder.Count(kind);
        }

        alarm.Writer.TryWrite(true);
    }
}
