namespace Vivace.Runtime.Telemetry;

/// <summary>Every telemetry name of Vivace.</summary>
public static class TelemetryNames
{
    public const string Source = "Vivace";

    public const string PipelineSpan = "chat.pipeline";

    public const string RequestDuration = "vivace.request.duration";
    public const string StageDuration = "vivace.stage.duration";
    public const string TimeToFirstChunk = "vivace.stream.time_to_first_chunk";
    public const string Turns = "vivace.turns";
    public const string ModelInvocations = "vivace.model.invocations";
    public const string RoutingOverrides = "vivace.model.routing.overrides";
    public const string Mismatches = "vivace.mismatches";
    public const string Cancellations = "vivace.cancellations";
    public const string Actions = "vivace.actions";
    public const string Evaluators = "vivace.evaluators";
    public const string Providers = "vivace.providers";

    public const string Mode = "mode";
    public const string Profile = "profile";
    public const string Stage = "stage";
    public const string Streaming = "streaming";
    public const string Arm = "arm";
    public const string Path = "path";
    public const string Outcome = "outcome";
    public const string Failure = "failure";
    public const string Type = "type";
    public const string Model = "model";
    public const string Kind = "kind";
    public const string Action = "action";
    public const string Evaluator = "evaluator";
    public const string Provider = "provider";
    public const string Reason = "reason";

    /// <summary>Span attribute that marks a turn.</summary>
    public const string TurnId = "vivace.turn.id";

    public const string EvaluatePre = "evaluate.pre";
    public const string ComposeState = "compose.state";
    public const string ShouldRespond = "should.respond";
    public const string GenerateResponse = "generate.response";
    public const string ProcessActions = "process.actions";
    public const string EvaluatePost = "evaluate.post";
}
