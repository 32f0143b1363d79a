using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Api.Hosting;

namespace Vivace.Testing.Hosting;

/// <summary>The real application on a real port, in this process.</summary>
internal sealed class InProcessVivace : IRunningVivace
{
    private const int Attempts = 5;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly WebApplication app;
    private bool left;

    private InProcessVivace(WebApplication app)
    {
        this.app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Uri Address { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<InProcessVivace> StartAsync(string[] settings, bool asFunctionsHandler, Action<IServiceCollection>? configure)
    {
        for (var attempt = 1; ; attempt++)
        {
            string[] listen = asFunctionsHandler ? [$"--FUNCTIONS_CUSTOMHANDLER_PORT={FreePort.Find()}"] : ["--urls", "http://127.0.0.1:0"];
            var app = VivaceApp.Create([.. listen, .. settings], configure);
            try
            {
                await app.StartAsync();
                return new InProcessVivace(app);
            }
            catch (IOException e) when (attempt < Attempts && e.Message.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                // Somebody else has taken the port in between.
                await app.DisposeAsync();
            }
            catch
            {
                await app.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Within the time that hosts give by default.</summary>
    public async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        left = true;
        await app.StopAsync(limit.Token);
        if (limit.IsCancellationRequested)
        {
            throw new TimeoutException("It has not stopped in time.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        if (!left)
        {
            await app.StopAsync(limit.Token);
        }

        await app.DisposeAsync();
    }
}
