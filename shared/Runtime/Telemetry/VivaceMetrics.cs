using System.Diagnostics;
using System.Diagnostics.Metrics;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Models;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Telemetry;

/// <summary>
/// Every metric of Vivace; durations in seconds. Tags are closed sets: never text, keys, users or the reason that a message gives.
/// The tag <c>reason</c> of evaluators is a constant or the name of an exception's type.
/// </summary>
public sealed class VivaceMetrics
{
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, .75, 1, 1.5, 2.5, 5, 10, 20, 60, 120],
    };

    private readonly Histogram<double> requests;
    private readonly Histogram<double> stages;
    private readonly Histogram<double> firstChunks;
    private readonly Counter<long> turns;
    private readonly Counter<long> invocations;
    private readonly Counter<long> overrides;
    private readonly Counter<long> mismatches;
    private readonly Counter<long> cancellations;
    private readonly Counter<long> actions;
    private readonly Counter<long> evaluators;
    private readonly Counter<long> providers;

    public VivaceMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Source);
        requests = meter.CreateHistogram(TelemetryNames.RequestDuration, "s", "Acceptance to terminal state.", advice: Seconds);
        stages = meter.CreateHistogram(TelemetryNames.StageDuration, "s", "One stage of the pipeline.", advice: Seconds);
        firstChunks = meter.CreateHistogram(TelemetryNames.TimeToFirstChunk, "s", "Acceptance to the first released text.", advice: Seconds);
        turns = meter.CreateCounter<long>(TelemetryNames.Turns, "{turn}", "Turns by outcome.");
        invocations = meter.CreateCounter<long>(TelemetryNames.ModelInvocations, "{call}", "Model calls that were answered.");
        overrides = meter.CreateCounter<long>(TelemetryNames.RoutingOverrides, "{call}", "Calls served by another size than they asked for.");
        mismatches = meter.CreateCounter<long>(TelemetryNames.Mismatches, "{mismatch}", "Turns and calls that contradicted their routing; a call is refused.");
        cancellations = meter.CreateCounter<long>(TelemetryNames.Cancellations, "{turn}", "Cancelled turns.");
        actions = meter.CreateCounter<long>(TelemetryNames.Actions, "{call}", "Actions by outcome.");
        evaluators = meter.CreateCounter<long>(TelemetryNames.Evaluators, "{run}", "Evaluators by outcome.");
        providers = meter.CreateCounter<long>(TelemetryNames.Providers, "{run}", "Context providers by outcome.");
    }

    public void TurnEnded(TurnContext turn, TurnStatus status, TurnFailure failure, TurnTimings timings)
    {
        var tags = Tags(turn.Routing);
        tags.Add(TelemetryNames.Streaming, turn.Options.Streamed);
        tags.Add(TelemetryNames.Arm, turn.Options.Processing.Arm.ToString().ToLowerInvariant());
        tags.Add(TelemetryNames.Path, "local");
        requests.Record(timings.TotalMs / 1000, tags);
        if (timings.FirstChunkMs is { } first)
        {
            firstChunks.Record(first / 1000, tags);
        }

        Count(tags, status, failure);
    }

    /// <summary>Counts a turn that was ended for a process that was lost; how long it took is not known.</summary>
    public void LostTurnEnded(ProcessingReport report, bool streamed, TurnStatus status, TurnFailure failure)
    {
        var tags = new TagList
        {
            { TelemetryNames.Mode, report.Effective.Mode == ProcessingMode.Fast ? "fast" : "default" },
            { TelemetryNames.Profile, report.Effective.Profile },
            { TelemetryNames.Streaming, streamed },
            { TelemetryNames.Arm, report.Arm.ToString().ToLowerInvariant() },
            { TelemetryNames.Path, report.Path },
        };
        Count(tags, status, failure);
    }

    private void Count(TagList tags, TurnStatus status, TurnFailure failure)
    {
        tags.Add(TelemetryNames.Outcome, status.ToString().ToLowerInvariant());
        tags.Add(TelemetryNames.Failure, failure.ToString().ToLowerInvariant());
        turns.Add(1, tags);
        if (status == TurnStatus.Cancelled)
        {
            cancellations.Add(1, tags);
        }
    }

    public void Mismatch(MismatchKind kind, ModelRouting? routing)
    {
        var tags = Tags(routing);
        tags.Add(TelemetryNames.Kind, kind.ToString().ToLowerInvariant());
        mismatches.Add(1, tags);
    }

    internal void Stage(string stage, ModelRouting routing, double seconds)
    {
        var tags = Tags(routing);
        tags.Add(TelemetryNames.Stage, stage);
        stages.Record(seconds, tags);
    }

    internal void ModelInvocation(ModelSize size, string model, ModelRouting? routing)
    {
        var tags = Tags(routing);
        tags.Add(TelemetryNames.Type, size.Wire());
        tags.Add(TelemetryNames.Model, model);
        invocations.Add(1, tags);
    }

    internal void RoutingOverride(ModelRouting routing) => overrides.Add(1, Tags(routing));

    internal void Action(string action, string outcome, ModelRouting routing)
    {
        var tags = Tags(routing);
        tags.Add(TelemetryNames.Action, action);
        tags.Add(TelemetryNames.Outcome, outcome);
        actions.Add(1, tags);
    }

    public void Evaluator(string evaluator, string outcome, string? reason, ModelRouting routing)
    {
        var tags = Tags(routing);
        tags.Add(TelemetryNames.Evaluator, evaluator);
        tags.Add(TelemetryNames.Outcome, outcome);
        tags.Add(TelemetryNames.Reason, reason ?? "none");
        evaluators.Add(1, tags);
    }

    internal void Provider(string provider, string outcome, ModelRouting routing)
    {
        var tags = Tags(routing);
        tags.Add(TelemetryNames.Provider, provider);
        tags.Add(TelemetryNames.Outcome, outcome);
        providers.Add(1, tags);
    }

    private static TagList Tags(ModelRouting? routing) => routing is null
        ? []
        : new TagList
        {
            { TelemetryNames.Mode, routing.Mode == ProcessingMode.Fast ? "fast" : "default" },
            { TelemetryNames.Profile, routing.Profile },
        };
}
