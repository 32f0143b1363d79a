namespace Vivace.Cli.Output;

/// <summary>The object on standard error under <c>--json</c>.</summary>
internal sealed record FailureOutput(Failure Error);
