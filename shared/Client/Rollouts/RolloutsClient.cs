using System.Globalization;
using System.Text.Json;
using Vivace.Client.Problems;
using Vivace.Client.Transport;

namespace Vivace.Client.Rollouts;

/// <summary>
/// <c>/api/rollouts/fast-mode</c>: the rollout of fast mode. With keys it needs one with the role <c>operator</c>, else 403. What
/// the rollout's state does not allow is refused with 409 (<c>rollout-refused</c>) and a sentence that says why.
/// </summary>
public sealed class RolloutsClient
{
    /// <summary>The most entries of the audit log that the server gives at once.</summary>
    public const int MostEntries = 500;

    private const string Root = "api/rollouts/fast-mode";

    private readonly VivaceHttp http;

    internal RolloutsClient(VivaceHttp http) => this.http = http;

    /// <summary>Where the rollout stands.</summary>
    public Task<RolloutReport> GetAsync(CancellationToken cancellationToken = default) => ReportAsync(Requests.Get(Root), cancellationToken);

    /// <summary>A page of the audit log, oldest entry first.</summary>
    /// <param name="after">The sequence of the last entry before the page; 0: from the beginning.</param>
    /// <param name="limit">Entries on the page, 1 to <see cref="MostEntries"/>.</param>
    public Task<RolloutHistory> HistoryAsync(long after = 0, int limit = MostEntries, CancellationToken cancellationToken = default)
        => http.CallAsync(
            Requests.Get(string.Create(CultureInfo.InvariantCulture, $"{Root}/history?after={after}&limit={limit}")),
            RolloutDocuments.Default.RolloutHistory, cancellationToken);

    /// <summary>Starts a rollout; 400 with every fault of the plan.</summary>
    /// <param name="plan">The plan as JSON; null: the configured one, else the server's default.</param>
    /// <param name="force">Starts without a fresh probe; recorded in the audit log.</param>
    /// <param name="reason">Why, for the audit log; null: not said.</param>
    public Task<RolloutReport> StartAsync(JsonElement? plan = null, bool force = false, string? reason = null, CancellationToken cancellationToken = default)
    {
        var body = Requests.Json(new RolloutStart(plan, force, reason), RolloutDocuments.Default.RolloutStart);
        return ReportAsync(Requests.Post($"{Root}/start", body), cancellationToken);
    }

    /// <summary>Moves on without waiting for time, units or evidence of speed.</summary>
    public Task<RolloutReport> PromoteAsync(string? reason = null, CancellationToken cancellationToken = default) => MoveAsync("promote", reason, cancellationToken);

    /// <summary>Stays at the present percent; the guards go on.</summary>
    public Task<RolloutReport> PauseAsync(string? reason = null, CancellationToken cancellationToken = default) => MoveAsync("pause", reason, cancellationToken);

    /// <summary>Goes on at the present step.</summary>
    public Task<RolloutReport> ResumeAsync(string? reason = null, CancellationToken cancellationToken = default) => MoveAsync("resume", reason, cancellationToken);

    /// <summary>Ends it for good and switches fast mode off.</summary>
    public Task<RolloutReport> AbortAsync(string? reason = null, CancellationToken cancellationToken = default) => MoveAsync("abort", reason, cancellationToken);

    /// <summary>Records what a probe found; a start asks for a fresh one.</summary>
    public Task ReportProbeAsync(RolloutProbe probe, CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Post($"{Root}/probe", Requests.Json(probe, RolloutDocuments.Default.RolloutProbe)), cancellationToken);

    private Task<RolloutReport> MoveAsync(string move, string? reason, CancellationToken cancellationToken)
        => ReportAsync(Requests.Post($"{Root}/{move}", Requests.Json(new RolloutMove(reason), RolloutDocuments.Default.RolloutMove)), cancellationToken);

    private async Task<RolloutReport> ReportAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var document = await http.CallAsync(request, RolloutDocuments.Default.JsonElement, cancellationToken);
        try
        {
            return document.Deserialize(RolloutDocuments.Default.RolloutReport) is { } report
                ? report with { Document = document }
                : throw new VivaceProtocolException("The server answered null.");
        }
        catch (JsonException e)
        {
            throw new VivaceProtocolException("The server answered something that is no report of a rollout; is it a Vivace endpoint?", e);
        }
    }
}
