using Vivace.Runtime.Storage;

namespace Vivace.Sqlite.Tests;

/// <summary>What the conformance suite needs of a store: its four parts, and to be opened again on the same data.</summary>
public interface IStoreFixture : IAsyncDisposable
{
    IConversationStore Conversations { get; }

    ITurnStore Turns { get; }

    IFactStore Facts { get; }

    IEvaluationStore Evaluations { get; }

    /// <summary>Closes the store and opens it again on what it has written.</summary>
    Task ReopenAsync();
}
