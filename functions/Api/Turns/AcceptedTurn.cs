using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>A turn that has been written down.</summary>
/// <param name="Live">Set where this process runs it itself; null: it waits for a worker.</param>
internal sealed record AcceptedTurn(TurnContext Context, LiveTurn? Live);
