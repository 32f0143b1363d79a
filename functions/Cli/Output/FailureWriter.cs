using Vivace.Cli.Hosting;
using Vivace.Client.Problems;

namespace Vivace.Cli.Output;

/// <summary>Says on standard error why a command failed.</summary>
internal sealed class FailureWriter(CliConsole console, bool json)
{
    /// <summary>A problem with every fault of the body; the exit code.</summary>
    public async Task<int> WriteAsync(VivaceProblemException problem)
    {
        if (json)
        {
            return await WriteAsync(ExitCodes.Failed, new Failure(problem.Kind, problem.Message)
            {
                Status = problem.Status,
                Errors = problem.Errors,
                TurnId = problem.TurnId,
                RetryAfterSeconds = problem.RetryAfter?.TotalSeconds,
            });
        }

        await console.Error.WriteLineAsync($"Refused ({problem.Status} {problem.Kind}): {problem.Message}");
        if (problem.Errors.Count > 1)
        {
            foreach (var fault in problem.Errors)
            {
                await console.Error.WriteLineAsync($"  {fault.Pointer}: {fault.Detail}");
            }
        }

        return ExitCodes.Failed;
    }

    public async Task<int> WriteAsync(int exitCode, string kind, string message)
    {
        if (json)
        {
            return await WriteAsync(exitCode, new Failure(kind, message));
        }

        await console.Error.WriteLineAsync(message);
        return exitCode;
    }

    private async Task<int> WriteAsync(int exitCode, Failure failure)
    {
        await console.Error.WriteLineAsync(CliJson.Line(new FailureOutput(failure), CliJson.Context.FailureOutput));
        return exitCode;
    }
}
