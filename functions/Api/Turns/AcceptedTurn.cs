using Vivace.Runtime.Storage;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Turns;

/// <summary>A turn that is to run.</summary>
/// <param name="Live">Set where this process runs it itself; null: it waits for a worker.</param>
/// <param name="Unwritten">What is still to be written of its acceptance, by whoever runs it; null: it has been.</param>
internal sealed record AcceptedTurn(TurnContext Context, LiveTurn? Live, TurnAcceptance? Unwritten = null);
