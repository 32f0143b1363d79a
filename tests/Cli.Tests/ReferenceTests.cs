using Vivace.Cli.Hosting;
using Vivace.Client;

namespace Vivace.Cli.Tests;

public sealed class ReferenceTests
{
    [Fact]
    public void The_client_knows_the_contract_alone_and_the_command_line_the_client_and_the_judgement_of_rollouts()
    {
        Assert.Equal(["Vivace.Contracts"], References(typeof(VivaceClient)));
        Assert.Equal(["Vivace.Client", "Vivace.Contracts", "Vivace.Rollouts"], References(typeof(CliProgram)));
    }

    [Fact]
    public void The_client_opens_no_sockets_of_its_own()
        => Assert.DoesNotContain(typeof(VivaceClient).Assembly.GetReferencedAssemblies(), a => a.Name is "System.Net.Sockets" or "System.Net.Security");

    private static string[] References(Type type) => [.. type.Assembly.GetReferencedAssemblies()
        .Select(a => a.Name!)
        .Where(n => n.StartsWith("Vivace.", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];
}
