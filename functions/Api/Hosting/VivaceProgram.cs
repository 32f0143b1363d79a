using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Connections;

namespace Vivace.Api.Hosting;

/// <summary>Runs the application and turns what stops it into an exit code: 0 only when it was asked to stop.</summary>
internal static class VivaceProgram
{
    /// <summary>Never 0 after a fault: the Functions host does not restart a handler that exited with 0.</summary>
    private const int Fatal = 1;

    public static async Task<int> RunAsync(string[] args)
    {
        if (CommandLine.AsksForHelp(args))
        {
            Console.WriteLine(Usage.Text);
            return 0;
        }

        if (CommandLine.AsksForVersion(args))
        {
            Console.WriteLine($"Vivace {typeof(VivaceProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}");
            return 0;
        }

        var started = false;
        var urls = "";
        try
        {
            // Memory is the process's, which tests share between many applications.
            await using var app = VivaceApp.Create(args, services => services.AddHostedService<IdleMemory>());
            app.Lifetime.ApplicationStarted.Register(() => started = true);
            urls = app.Configuration["Urls"];
            await StartAsync(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (StartupException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException)
        {
            await Console.Error.WriteLineAsync($"Vivace cannot listen: {e.Message} Choose another port with --urls http://127.0.0.1:PORT.");
        }
        catch (SocketException e) when (!started)
        {
            await Console.Error.WriteLineAsync($"Vivace cannot listen on {urls}: {e.Message}. Choose another address with --urls http://127.0.0.1:PORT.");
        }
        catch (Exception e) when (!started)
        {
            // Files, rules and databases that cannot be used, each told by its own message.
            await Console.Error.WriteLineAsync($"Vivace cannot start: {e.Message}");
        }

        return Fatal;
    }

    /// <summary>What had started before the fault is stopped in order, or its parts would complain of each other's end.</summary>
    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }
}
