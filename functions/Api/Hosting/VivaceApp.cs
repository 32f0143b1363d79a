using Vivace.Api.Auth;
using Vivace.Api.Bus;
using Vivace.Api.Cancelling;
using Vivace.Api.Capabilities;
using Vivace.Api.Configuration;
using Vivace.Api.Conversations;
using Vivace.Api.Evaluations;
using Vivace.Api.Flags;
using Vivace.Api.Health;
using Vivace.Api.Limits;
using Vivace.Api.Messages;
using Vivace.Api.Models;
using Vivace.Api.OpenApi;
using Vivace.Api.Problems;
using Vivace.Api.Processors;
using Vivace.Api.Profiles;
using Vivace.Api.Rollouts;
using Vivace.Api.Settings;
using Vivace.Api.Streams;
using Vivace.Api.Sweeping;
using Vivace.Api.Triggers;
using Vivace.Api.Turns;
using Vivace.Generated;

namespace Vivace.Api.Hosting;

/// <summary>The composition root: what the application consists of, one named step a line.</summary>
internal static class VivaceApp
{
    /// <param name="configure">Changes services before they are built; for tests that stand in for a model.</param>
    public static WebApplication Create(string[] args, Action<IServiceCollection>? configure = null)
    {
        CommandLine.Check(args);

        // Nothing reads settings twice, and watching the folder of appsettings.json would wake at every write to the database.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
        var mode = HostingMode.Detect(builder.Configuration);
        var settings = VivaceSettings.Read(builder.Configuration, mode);
        StorageFolder.Ensure(settings.Storage);

        // Triggers can only bring work from a broker that the host reaches too.
        var byHost = mode.IsFunctionsHost && !settings.ServiceBus.IsEmbedded;
        builder.WebHost.UseUrls(mode.Urls(builder.Configuration));
        builder.WebHost.ConfigureKestrel(KestrelLimits.Apply);
        builder.WebHost.UseSockets(KestrelSockets.Apply);
        builder.Logging.AddVivaceConsole();
        builder.Services
            .AddSingleton(mode)
            .AddSingleton(FirstStart.Detect(settings.Storage, mode))
            .AddVivaceSettings(settings)
            .AddVivaceRuntime()
            .AddVivaceRuntimeCapabilities()
            .AddVivaceApiCapabilities()
            .AddVivaceStore(settings.Storage)
            .AddVivaceBus(settings.ServiceBus)
            .AddVivaceModels(settings.Models)
            .AddVivaceProfiles()
            .AddVivaceConfiguration(settings.AppConfiguration)
            .AddVivaceLimits()
            .AddVivaceAuth()
            .AddVivaceTurns()
            .AddVivaceStreams()
            .AddVivaceCancelling()
            .AddVivaceEvaluations()
            .AddVivaceRollouts(byHost)
            .AddVivaceSweeping(byHost)
            .AddVivaceProcessors(settings.Turns.Run && !byHost)
            .AddVivaceTriggers()
            .AddVivaceOpenApi();
        configure?.Invoke(builder.Services);

        var app = builder.Build();

        // Before the database is made, by whose absence a first start is known: one that fails further on has left its flags.
        _ = app.Services.GetService<FlagFile>();
        app.UseVivaceProblems();
        app.UseVivaceHead();
        app.UseRouting();
        app.UseVivaceAuth();
        app.MapHealth();
        app.MapVivaceOpenApi();
        app.MapCapabilities();
        app.MapProfiles();
        app.MapConversations();
        app.MapMessages();
        app.MapTurns();
        app.MapEvaluations();
        app.MapRollouts();
        app.MapTriggers(byHost);
        return app;
    }
}
