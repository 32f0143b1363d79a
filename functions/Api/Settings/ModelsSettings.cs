namespace Vivace.Api.Settings;

/// <summary>Section <c>Models</c>.</summary>
internal sealed class ModelsSettings
{
    public ModelSettings Small { get; set; } = new();

    public ModelSettings Large { get; set; } = new();

    public OfflineSettings Offline { get; set; } = new();

    public IEnumerable<string> Faults() => Small.Faults("Models:Small").Concat(Large.Faults("Models:Large")).Concat(Offline.Faults());
}
