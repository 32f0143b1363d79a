using System.Reflection;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>A real store, one call of which can be made to fail. Public, since a proxy's class must not be sealed.</summary>
public class FailingRolloutStore : DispatchProxy
{
    private IRolloutStore inner = null!;

    /// <summary>The name of the call; null: none fails.</summary>
    public string? Fails { get; set; }

    public static IRolloutStore Around(IRolloutStore inner)
    {
        var proxy = Create<IRolloutStore, FailingRolloutStore>();
        Of(proxy).inner = inner;
        return proxy;
    }

    public static FailingRolloutStore Of(IRolloutStore proxy) => (FailingRolloutStore)(object)proxy;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => targetMethod!.Name == Fails ? throw new InvalidDataException("This call fails.") : targetMethod.Invoke(inner, args);
}
