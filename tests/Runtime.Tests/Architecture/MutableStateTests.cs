using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Hosting;
using Vivace.Contracts;
using Vivace.Rollouts.Flags;
using Vivace.Runtime.Pipeline;
using Vivace.Sqlite;

namespace Vivace.Runtime.Tests.Architecture;

public sealed class MutableStateTests
{
    /// <summary>Singletons whose work is to hold something that changes, and what it is.</summary>
    private static readonly string[] Known =
    [
        "Vivace.Api.Broker.BrokerHost.broker", // the broker of the storage folder, while this process runs it
        "Vivace.Api.Broker.BrokerHost.journal",
        "Vivace.Api.Broker.BrokerHost.right",
        "Vivace.Api.Broker.BrokerHost.waiting",
        "Vivace.Api.Flags.FlagFile.missed", // the newest flags; a turn keeps the snapshot it began with
        "Vivace.Api.Flags.FlagFile.seen",
        "Vivace.Api.Processors.QueueProcessors.reported", // when a failure was last told, so that one is told once a second
        "Vivace.Api.Processors.QueueProcessors.stopped",
        "Vivace.Api.Profiles.LiveProfiles.state", // the newest catalog; a turn keeps the profile it began with
        "Vivace.Api.Rollouts.Measuring.Presence.said", // what this process has told the others of its profiles, and when
        "Vivace.Api.Rollouts.Measuring.Presence.saidAt",
        "Vivace.Api.Rollouts.Measuring.RolloutRecorder.fresh", // what was measured and not written yet
        "Vivace.Api.Rollouts.Measuring.RolloutRecorder.full",
        "Vivace.Api.Rollouts.Measuring.RolloutRecorder.waiting",
        "Vivace.Api.Rollouts.Steering.AlarmLoop.isOpen", // whether a mismatch waits to be judged
        "Vivace.Api.Rollouts.Steering.RolloutController.looked", // when the flags of an ended rollout were looked at
        "Vivace.Api.Rollouts.Steering.RolloutController.said", // what was told of a row that cannot be read, so that it is told once
        "Vivace.Api.Rollouts.Steering.RolloutMeasurer.judged", // the rows of the rollout under way, as they were read
        "Vivace.Api.Rollouts.Steering.RolloutMeasurer.last",
        "Vivace.Api.Rollouts.Steering.RolloutMeasurer.ledger",
        "Vivace.Api.Rollouts.Steering.RolloutMeasurer.plan",
        "Vivace.Api.Rollouts.Steering.RolloutMeasurer.unread",
        "Vivace.Api.Rollouts.Steering.RolloutMeasurer.watermark",
        "Vivace.Api.Rollouts.Steering.RolloutMeasurer.watermarkSeen",
        "Vivace.Api.Streams.StreamRelays.relays", // one relay for each turn that is read here
        "Vivace.Api.Streams.StreamRelays.sentAway", // whether the process stops
        "Vivace.Api.Turns.LiveTurns.closed", // likewise
        "Vivace.Api.Turns.LiveTurns.turns", // the turns that run now, by id
    ];

    [Fact]
    public void Nothing_static_can_change()
    {
        Type[] anchors = [typeof(WireJson), typeof(MessagePipeline), typeof(FlagSnapshot), typeof(SqliteStore), typeof(VivaceApp)];

        Assert.Empty(MutableState.StaticsOf(anchors.SelectMany(a => a.Assembly.GetTypes())));
    }

    [Fact]
    public void No_singleton_can_change_but_those_that_are_known()
    {
        var found = MutableState.FieldsOf(Singletons());

        Assert.Equal(Known, found.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_planted_field_is_found()
    {
        Assert.Contains(MutableState.StaticsOf([typeof(Planted)]), n => n.EndsWith("mode", StringComparison.Ordinal));
        Assert.Contains(MutableState.StaticsOf([typeof(Planted)]), n => n.EndsWith("Modes", StringComparison.Ordinal));
        Assert.Contains(MutableState.FieldsOf([typeof(Planted)]), n => n.EndsWith("current", StringComparison.Ordinal));
    }

    private static List<Type> Singletons()
    {
        IServiceCollection? captured = null;
        var folder = Directory.CreateTempSubdirectory("vivace-state-").FullName;
        using var app = (IDisposable)VivaceApp.Create(["--Storage:Path", folder], services => captured = services);
        var types = captured!
            .Where(s => s.Lifetime == ServiceLifetime.Singleton)
            .Select(s => s.IsKeyedService ? s.KeyedImplementationType : s.ImplementationType ?? s.ImplementationInstance?.GetType() ?? s.ServiceType)
            .OfType<Type>()
            .Where(t => !t.Name.EndsWith("Settings", StringComparison.Ordinal) && t.Name != "AgentOptions")
            .Distinct()
            .ToList();
        return types;
    }

    private sealed class Planted
    {
        private static readonly Dictionary<string, string> Modes = [];
        private static string? mode;
        private string? current;

        public string Set(string value) => Modes[value] = (mode = value) + (current = value);

        public override string ToString() => $"{current} {mode}";
    }
}
