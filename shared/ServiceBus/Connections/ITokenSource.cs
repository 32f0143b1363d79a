namespace Vivace.ServiceBus.Connections;

/// <summary>Makes tokens that open an entity.</summary>
internal interface ITokenSource
{
    /// <summary>The kind of token, as <c>$cbs</c> names it.</summary>
    string Type { get; }

    /// <param name="audience">The entity's address, such as <c>sb://host/queue</c>.</param>
    ValueTask<AccessGrant> GetAsync(string audience, CancellationToken cancellation);
}
