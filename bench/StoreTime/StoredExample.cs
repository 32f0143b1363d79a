using Vivace.Api.Auth;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Bench.StoreTime;

/// <summary>What a real turn left in the store.</summary>
internal sealed record StoredExample(TurnRow Turn, IReadOnlyList<EvaluationRecord> Evaluations, int RecentMessages)
{
    public static async Task<StoredExample> ReadAsync(IServiceProvider services, TurnContext turn)
    {
        var id = turn.Options.TurnId;
        var row = await services.GetRequiredService<ITurnStore>().FindAsync(Caller.Local.Owner, id, CancellationToken.None);
        var evaluations = await services.GetRequiredService<IEvaluationStore>().ForTurnAsync(id, CancellationToken.None);
        return new StoredExample(row ?? throw new InvalidOperationException("The turn was not stored."), evaluations, turn.Profile.Options.Context.RecentMessages);
    }
}
