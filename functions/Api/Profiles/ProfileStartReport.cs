namespace Vivace.Api.Profiles;

/// <summary>Says at start which capabilities each profile comes down to.</summary>
internal sealed class ProfileStartReport(LiveProfiles profiles, ProfileReport report) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        report.Effective(profiles.Current.All);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
