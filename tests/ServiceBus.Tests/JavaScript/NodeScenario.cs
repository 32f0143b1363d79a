using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vivace.ServiceBus.Tests.JavaScript;

/// <summary>Runs a scenario of the official JavaScript client as a process of its own.</summary>
internal static class NodeScenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Null when scenarios can run.</summary>
    public static string? WhyNot { get; } = Find();

    public static async Task RunAsync(string name, string connectionString)
    {
        using var process = Process.Start(new ProcessStartInfo("node", ["scenario.mjs", name, connectionString])
        {
            WorkingDirectory = Folder(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        var text = string.Join('\n', await output);
        Assert.True(process.ExitCode == 0 && text.Contains("passed", StringComparison.Ordinal), $"Scenario {name} failed with {process.ExitCode}:\n{text}");
    }

    private static string? Find()
    {
        if (!Directory.Exists(Path.Combine(Folder(), "node_modules", "@azure", "service-bus")))
        {
            return "the packages are missing: run npm ci in tests/ServiceBus.Tests/JavaScript";
        }

        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true });
            node!.WaitForExit();
            return node.ExitCode == 0 ? null : "node does not run";
        }
        catch (Win32Exception)
        {
            return "node is not installed";
        }
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
