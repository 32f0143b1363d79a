using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Rollouts.Storage;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>A real store, one call of which can be made to fail.</summary>
internal class FailingRolloutStore : DispatchProxy
{
    private IRolloutStore inner = null!;

    /// <summary>The name of the call; null: none fails.</summary>
    public string? Fails { get; set; }

    public static IRolloutStore Around(IRolloutStore inner)
    {
        var proxy = Create<IRolloutStore, FailingRolloutStore>();
        ((FailingRolloutStore)(object)proxy).inner = inner;
        return proxy;
    }

    public static FailingRolloutStore Of(RolloutDeployment deployment)
        => (FailingRolloutStore)(object)deployment.Host.Services.GetRequiredService<IRolloutStore>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => targetMethod!.Name == Fails ? throw new InvalidDataException("This call fails.") : targetMethod.Invoke(inner, args);
}
