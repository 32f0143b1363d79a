using System.Globalization;
using Vivace.Runtime.Storage;

namespace Vivace.Crash.Host;

/// <summary>
/// Calls of the store that fail as if it were away. VIVACE_CRASH_FAULTS names them and how often each fails, such as
/// <c>IEvaluationStore.DueAsync*2</c>: always on the subject of the first call, so that one message fails again and again.
/// </summary>
internal sealed class PlantedFaults(IReadOnlyDictionary<string, int> times)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (object? Subject, int Left)> planted = new(StringComparer.Ordinal);

    public static PlantedFaults FromEnvironment()
    {
        var named = Environment.GetEnvironmentVariable("VIVACE_CRASH_FAULTS")?.Split(';') ?? [];
        return new PlantedFaults(named.Select(n => n.Split('*')).ToDictionary(n => n[0], n => int.Parse(n[1], CultureInfo.InvariantCulture), StringComparer.Ordinal));
    }

    /// <exception cref="StoreUnavailableException">The call is one of those that fail.</exception>
    public void Strike(string name, object? subject)
    {
        if (!times.TryGetValue(name, out var often))
        {
            return;
        }

        lock (gate)
        {
            var (victim, left) = planted.GetValueOrDefault(name, (subject, often));
            if (left == 0 || !Equals(victim, subject))
            {
                return;
            }

            planted[name] = (victim, left - 1);
        }

        throw new StoreUnavailableException("A fault is planted here.", new IOException(name));
    }
}
