using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Vivace.Api.Bus;
using Vivace.ServiceBus;

namespace Vivace.Crash.Tests;

/// <summary>What the application can do with messages, from the code.</summary>
internal static class BusOperations
{
    private const string DeadLetters = "/$deadletterqueue";

    /// <summary>The client's methods for the operations that are not those of every program.</summary>
    private static readonly Dictionary<ServiceBusOperation, string> Rare = new()
    {
        [ServiceBusOperation.DeadLetter] = nameof(ServiceBusReceiver.DeadLetterMessageAsync),
        [ServiceBusOperation.Defer] = nameof(ServiceBusReceiver.DeferMessageAsync),
        [ServiceBusOperation.Schedule] = nameof(ServiceBusSender.ScheduleMessageAsync),
        [ServiceBusOperation.CancelScheduled] = nameof(ServiceBusSender.CancelScheduledMessageAsync),
    };

    /// <summary>Each operation on each queue; what the application does not refer to is left out, and so are sends to dead-letter queues, which take none.</summary>
    public static IEnumerable<string> Declared()
    {
        var referred = Referred();
        foreach (var operation in Enum.GetValues<ServiceBusOperation>().Where(o => !Rare.TryGetValue(o, out var method) || referred.Contains(method)))
        {
            foreach (var queue in QueueNames())
            {
                yield return $"{operation}:{queue}";
                if (operation != ServiceBusOperation.Send)
                {
                    yield return $"{operation}:{queue}{DeadLetters}";
                }
            }
        }
    }

    /// <summary>Every queue that the code names.</summary>
    private static IEnumerable<string> QueueNames()
        => typeof(Queues).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    /// <summary>The names of all methods of other assemblies that the application calls.</summary>
    private static HashSet<string> Referred()
    {
        using var file = new PEReader(File.OpenRead(typeof(Queues).Assembly.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.MemberReferences.Select(handle => metadata.GetString(metadata.GetMemberReference(handle).Name))];
    }
}
