using System.Reflection;
using Vivace.Api.Hosting;
using Vivace.Azure.AppConfiguration;
using Vivace.Contracts;
using Vivace.Rollouts.Flags;
using Vivace.Runtime.Pipeline;
using Vivace.ServiceBus;
using Vivace.Sqlite;

namespace Vivace.Runtime.Tests.Architecture;

public sealed class ReferenceTests
{
    [Fact]
    public void References_point_one_way()
    {
        Assert.Empty(VivaceReferences(typeof(WireJson)));
        Assert.Equal(["Vivace.Contracts"], VivaceReferences(typeof(MessagePipeline)));
        Assert.Equal(["Vivace.Contracts"], VivaceReferences(typeof(FlagSnapshot)));
        Assert.Empty(VivaceReferences(typeof(ServiceBusClient)));
        Assert.Equal(["Vivace.Contracts", "Vivace.Rollouts", "Vivace.Runtime", "Vivace.ServiceBus"], VivaceReferences(typeof(SqliteStore)));
        Assert.Empty(VivaceReferences(typeof(ConfigurationClient)));
        Assert.Equal(["Vivace.Azure", "Vivace.Contracts", "Vivace.Rollouts", "Vivace.Runtime", "Vivace.ServiceBus", "Vivace.Sqlite"], VivaceReferences(typeof(VivaceApp)));
    }

    [Fact]
    public void The_runtime_knows_neither_azure_nor_asp_net()
        => Assert.DoesNotContain(
            typeof(MessagePipeline).Assembly.GetReferencedAssemblies(),
            a => a.Name!.StartsWith("Azure", StringComparison.Ordinal) || a.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    private static string[] VivaceReferences(Type type) => [.. type.Assembly.GetReferencedAssemblies()
        .Select((AssemblyName a) => a.Name!)
        .Where(n => n.StartsWith("Vivace.", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];
}
