using System.Reflection;

namespace Vivace.Crash.Host;

/// <summary>An implementation of a seam with a crash point before and after each of its calls.</summary>
internal class CrashingSeam<T> : DispatchProxy
    where T : class
{
    private static readonly MethodInfo Watch = Method(nameof(WatchAsync));
    private static readonly MethodInfo WatchTask = Method(nameof(WatchTaskAsync));

    private T inner = null!;
    private CrashPoints points = null!;

    public static T Around(T inner, CrashPoints points)
    {
        var proxy = Create<T, CrashingSeam<T>>();
        var self = (CrashingSeam<T>)(object)proxy;
        (self.inner, self.points) = (inner, points);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = $"{typeof(T).Name}.{targetMethod!.Name}";
        if (targetMethod.IsSpecialName || !typeof(ValueTask).IsAssignableFrom(targetMethod.ReturnType) && !targetMethod.ReturnType.IsGenericType)
        {
            return targetMethod.Invoke(inner, args);
        }

        points.Enter(name, args is [var subject, ..] ? subject : null);
        var result = targetMethod.Invoke(inner, args);
        return targetMethod.ReturnType == typeof(ValueTask)
            ? AfterAsync(result!, name)
            : (typeof(Task).IsAssignableFrom(targetMethod.ReturnType) ? WatchTask : Watch)
                .MakeGenericMethod(targetMethod.ReturnType.GenericTypeArguments[0]).Invoke(null, [result, name, points]);
    }

    private static MethodInfo Method(string name) => typeof(CrashingSeam<T>).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static async Task<TResult> WatchTaskAsync<TResult>(Task<TResult> call, string name, CrashPoints points)
        => await WatchAsync(new ValueTask<TResult>(call), name, points);

    private static async ValueTask<TResult> WatchAsync<TResult>(ValueTask<TResult> call, string name, CrashPoints points)
    {
        var result = await call;
        points.Pass(name + "/after");
        return result;
    }

    private async ValueTask AfterAsync(object call, string name)
    {
        await (ValueTask)call;
        points.Pass(name + "/after");
    }
}
