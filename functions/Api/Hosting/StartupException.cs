namespace Vivace.Api.Hosting;

/// <summary>The application cannot start as it is set up; the message lists everything that is wrong.</summary>
internal sealed class StartupException(string what, IEnumerable<string> errors)
    : Exception($"{what}{string.Concat(errors.Select(e => $"\n  - {e}"))}");
