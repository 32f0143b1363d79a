using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Broker;
using Vivace.Rollouts.Flags;
using Vivace.Rollouts.Storage;
using Vivace.Runtime.Storage;
using Vivace.ServiceBus;
using Vivace.ServiceBus.Broker;

namespace Vivace.Crash.Host;

/// <summary>
/// The named points at which the process may be killed. VIVACE_CRASH_AT is a point and the number of the passage that kills,
/// such as <c>ITurnStore.AcceptAsync/after#2</c>; VIVACE_CRASH_LOG names a file that gets a line for each passage.
/// </summary>
internal sealed class CrashPoints(string? point, int passage, string? log, PlantedFaults faults)
{
    private readonly ConcurrentDictionary<string, int> passed = new(StringComparer.Ordinal);
    private readonly Lock writing = new();

    /// <summary>The seams behind which everything durable lies.</summary>
    public static IReadOnlyList<Type> Seams { get; } =
        [
        typeof(ITurnStore), typeof(IConversationStore), typeof(IEvaluationStore), typeof(IFactStore), typeof(IRolloutStore), typeof(IFlagStore), typeof(IBrokerJournal),
    ];

    public static CrashPoints FromEnvironment()
    {
        var at = Environment.GetEnvironmentVariable("VIVACE_CRASH_AT")?.Split('#');
        return new CrashPoints(
            at?[0], at is null ? 0 : int.Parse(at[1], CultureInfo.InvariantCulture), Environment.GetEnvironmentVariable("VIVACE_CRASH_LOG"), PlantedFaults.FromEnvironment());
    }

    public void Hook(IServiceCollection services)
    {
        Wrap<ITurnStore>(services);
        Wrap<IConversationStore>(services);
        Wrap<IEvaluationStore>(services);
        Wrap<IFactStore>(services);
        Wrap<IRolloutStore>(services);
        Wrap<IFlagStore>(services);
        services.AddSingleton<IServiceBusObserver>(new ObservedBus(this));
        var open = services.Last(s => s.ServiceType == typeof(OpenBrokerJournal)).ImplementationFactory!;
        services.AddSingleton<OpenBrokerJournal>(provider => () => CrashingSeam<IBrokerJournal>.Around(((OpenBrokerJournal)open(provider))(), this));
    }

    /// <summary>Kills the process here when this is the passage that was asked for.</summary>
    public void Pass(string name)
    {
        var times = passed.AddOrUpdate(name, 1, (_, n) => n + 1);
        if (log is not null)
        {
            lock (writing)
            {
                File.AppendAllText(log, name + "\n");
            }
        }

        if (name == point && times == passage)
        {
            // SIGKILL: nothing is flushed, nothing is cleaned up.
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    /// <summary>A call of a seam is about to be made; it fails when a fault is planted there.</summary>
    /// <param name="subject">What it is about: its first argument.</param>
    public void Enter(string name, object? subject)
    {
        Pass(name + "/before");
        faults.Strike(name, subject);
    }

    private void Wrap<T>(IServiceCollection services)
        where T : class
    {
        var inner = services.Last(s => s.ServiceType == typeof(T));
        services.AddSingleton(provider => CrashingSeam<T>.Around(
            (T)(inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)), this));
    }

    private sealed class ObservedBus(CrashPoints points) : IServiceBusObserver
    {
        public ValueTask BeforeAsync(ServiceBusOperation operation, string entityPath) => Pass(operation, entityPath, "before");

        public ValueTask AfterAsync(ServiceBusOperation operation, string entityPath) => Pass(operation, entityPath, "after");

        private ValueTask Pass(ServiceBusOperation operation, string entityPath, string when)
        {
            points.Pass($"{operation}:{entityPath}/{when}");
            return ValueTask.CompletedTask;
        }
    }
}
