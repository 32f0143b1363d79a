using System.Globalization;
using Vivace.Client.Transport;
using Vivace.Contracts;
using Vivace.Contracts.Evaluations;

namespace Vivace.Client.Evaluations;

/// <summary><c>/api/evaluations</c>, of every owner; with keys it needs one with the role <c>operator</c>, else 403.</summary>
public sealed class EvaluationsClient
{
    private const string Root = "api/evaluations";

    private readonly VivaceHttp http;

    internal EvaluationsClient(VivaceHttp http) => this.http = http;

    /// <summary>Where evaluations stand, by evaluator and version.</summary>
    public Task<EvaluationSummary> SummariseAsync(CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Get(Root), WireJson.Context.EvaluationSummary, cancellationToken);

    /// <summary>One page of evaluations that failed as often as they are tried, oldest turn first.</summary>
    /// <param name="after"><see cref="DeadLetterList.Next"/> of the page before; null: the first page.</param>
    /// <param name="limit">Evaluations on the page, 1 to 200; null: 200.</param>
    public Task<DeadLetterList> DeadLettersAsync(string? after = null, int? limit = null, CancellationToken cancellationToken = default)
        => http.CallAsync(Requests.Get(Requests.Page($"{Root}/dead-letters", "after", after, limit)), WireJson.Context.DeadLetterList, cancellationToken);

    /// <summary>Tries a dead evaluation again; 404 (<c>not-found</c>) when it is not dead. How many are pending again: 1.</summary>
    public async Task<int> RequeueAsync(string turnId, string evaluator, int version, CancellationToken cancellationToken = default)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"{Root}/dead-letters/{Requests.Segment(turnId)}/{Requests.Segment(evaluator)}/{version}/requeue");
        return (await http.CallAsync(Requests.Post(path), WireJson.Context.RequeueReply, cancellationToken)).Requeued;
    }

    /// <summary>Tries every dead evaluation again. How many are pending again, from 0.</summary>
    public async Task<int> RequeueAllAsync(CancellationToken cancellationToken = default)
        => (await http.CallAsync(Requests.Post($"{Root}/dead-letters/requeue"), WireJson.Context.RequeueReply, cancellationToken)).Requeued;
}
