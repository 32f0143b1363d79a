using Vivace.Rollouts.Flags;

namespace Vivace.Api.Tests.Flags;

/// <summary>A place where flags are kept, empty at first.</summary>
public sealed record FlagPlace(IFlagStore Store, IFlagSource Source, Func<ValueTask> Clear) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Clear();
}
