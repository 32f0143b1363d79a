namespace Vivace.Testing.AppConfiguration;

/// <summary>A request that the stand-in has got, and the status of its answer; 0 where it had none.</summary>
public sealed record StandInRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public int Status { get; internal set; }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
