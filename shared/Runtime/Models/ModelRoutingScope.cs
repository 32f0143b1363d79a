namespace Vivace.Runtime.Models;

/// <summary>
/// Carries a turn's routing to whatever calls a model on its behalf, libraries that hold the shared client included. Only
/// <see cref="TurnRoutingChatClient"/> reads it. Begin it in a Task-returning method, never in an iterator.
/// </summary>
public static class ModelRoutingScope
{
    private static readonly AsyncLocal<ModelRouting?> Ambient = new();

    internal static ModelRouting? Current => Ambient.Value;

    /// <summary>Routes text generation until the scope is disposed; scopes nest.</summary>
    public static Scope Begin(ModelRouting routing)
    {
        var outer = Ambient.Value;
        Ambient.Value = routing;
        return new Scope(outer);
    }

    /// <summary>Restores the routing that was in force before.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly ModelRouting? outer;

        internal Scope(ModelRouting? outer) => this.outer = outer;

        /// <inheritdoc/>
        public void Dispose() => Ambient.Value = outer;
    }
}
