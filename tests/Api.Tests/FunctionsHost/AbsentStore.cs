using System.Reflection;
using Vivace.Runtime.Storage;

namespace Vivace.Api.Tests.FunctionsHost;

/// <summary>A store that is away: whatever is asked of it.</summary>
public class AbsentStore : DispatchProxy
{
    public static T For<T>()
        where T : class
        => Create<T, AbsentStore>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        => throw new StoreUnavailableException("The store is away.", new IOException());
}
