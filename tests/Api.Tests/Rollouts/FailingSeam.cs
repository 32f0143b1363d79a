using System.Reflection;

namespace Vivace.Api.Tests.Rollouts;

/// <summary>A real implementation, one call of which can be made to fail.</summary>
internal class FailingSeam<T> : DispatchProxy
    where T : class
{
    private T inner = null!;

    /// <summary>The name of the call; null: none fails.</summary>
    public string? Fails { get; set; }

    public static T Around(T inner)
    {
        var proxy = Create<T, FailingSeam<T>>();
        Of(proxy).inner = inner;
        return proxy;
    }

    public static FailingSeam<T> Of(T proxy) => (FailingSeam<T>)(object)proxy;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => targetMethod!.Name == Fails ? throw new InvalidDataException("This call fails.") : targetMethod.Invoke(inner, args);
}
