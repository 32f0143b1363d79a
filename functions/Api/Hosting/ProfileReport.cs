using Vivace.Runtime.Profiles;

namespace Vivace.Api.Hosting;

/// <summary>Says at start which capabilities each profile comes down to.</summary>
internal sealed partial class ProfileReport(ProfileCatalog profiles, ILogger<ProfileReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var profile in profiles.All.Select(p => p.Describe()))
        {
            Log.Effective(
                logger, profile.Name, profile.Hash, profile.Model, string.Join(' ', profile.Providers), string.Join(' ', profile.Actions),
                string.Join(' ', profile.PreEvaluators), string.Join(' ', profile.InlineEvaluators), string.Join(' ', profile.DeferredEvaluators));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Profile {Profile} ({Hash}): model {Model}; providers {Providers}; actions {Actions}; before: {Pre}; inline: {Inline}; deferred: {Deferred}")]
        public static partial void Effective(
            ILogger logger, string profile, string hash, string model, string providers, string actions, string pre, string inline, string deferred);
    }
}
