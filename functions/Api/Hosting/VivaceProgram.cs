using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Vivace.Api.Hosting;

/// <summary>Runs the application and turns what stops it into an exit code: 0 only when it was asked to stop.</summary>
internal static class VivaceProgram
{
    /// <summary>Never 0 after a fault: the Functions host does not restart a handler that exited with 0.</summary>
    private const int Fatal = 1;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--help" or "-h" or "help", ..])
        {
            Console.WriteLine(Usage.Text);
            return 0;
        }

        var started = false;
        try
        {
            // Memory is the process's, which tests share between many applications.
            await using var app = VivaceApp.Create(args, services => services.AddHostedService<IdleMemory>());
            app.Lifetime.ApplicationStarted.Register(() => started = true);
            await app.RunAsync();
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
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"Vivace cannot listen: {e.Message}");
        }
        catch (Exception e) when (!started)
        {
            // Files, rules and databases that cannot be used, each told by its own message.
            await Console.Error.WriteLineAsync($"Vivace cannot start: {e.Message}");
        }

        return Fatal;
    }
}
