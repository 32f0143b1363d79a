namespace Vivace.Rollouts.Flags;

/// <summary>The flags where they are kept, for those who change them: read with a version, written while it is still that one.</summary>
public interface IFlagStore
{
    /// <summary>One flag as it is stored now, past every cache; null when there is none.</summary>
    /// <exception cref="FlagStoreException">It could not be asked.</exception>
    Task<StoredFlag?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes one flag. Once it is done, the <see cref="IFlagSource"/> of this process has it too.</summary>
    /// <param name="name">One of <see cref="FlagNames.All"/>.</param>
    /// <param name="json">The whole flag, members unknown here included, as it was read.</param>
    /// <param name="etag">The version that was read; null for a flag that must not exist yet.</param>
    /// <exception cref="FlagStoreException">It could not be written, or it is not known whether it was.</exception>
    Task<FlagWriteOutcome> WriteAsync(string name, string json, string? etag, CancellationToken cancellationToken);
}
