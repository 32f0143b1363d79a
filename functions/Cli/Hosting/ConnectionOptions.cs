using System.CommandLine;

namespace Vivace.Cli.Hosting;

/// <summary>The options of every command: where the endpoint is, who calls, and in which form to answer.</summary>
internal sealed class ConnectionOptions
{
    private const string DefaultEndpoint = "http://127.0.0.1:7071";

    private readonly CliConsole console;

    public ConnectionOptions(CliConsole console)
    {
        this.console = console;
        Endpoint.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } value && TryEndpoint(value) is null)
            {
                result.AddError($"--endpoint must be an http or https address, is \"{value}\".");
            }
        });
        RefuseInvisible(Key);
        RefuseInvisible(User);
    }

    public Option<string?> Endpoint { get; } = new("--endpoint")
    {
        Recursive = true,
        HelpName = "url",
        Description = $"Where the endpoint is; default $VIVACE_ENDPOINT, else {DefaultEndpoint}",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Recursive = true,
        HelpName = "key",
        Description = "The API key; default $VIVACE_API_KEY, which other users of the machine cannot see. Needed where the server has keys",
    };

    public Option<string?> User { get; } = new("--user")
    {
        Recursive = true,
        HelpName = "id",
        Description = "The end user on whose behalf a service key calls, at most 128 characters; default $VIVACE_USER",
    };

    public Option<bool> Json { get; } = new("--json") { Recursive = true, Description = "Print JSON" };

    public void AddTo(RootCommand root)
    {
        root.Options.Add(Endpoint);
        root.Options.Add(Key);
        root.Options.Add(User);
        root.Options.Add(Json);
    }

    /// <summary>The endpoint with a slash at its end; null when VIVACE_ENDPOINT is none.</summary>
    public Uri? EndpointOf(ParseResult parsed) => TryEndpoint(parsed.GetValue(Endpoint) ?? Variable("VIVACE_ENDPOINT") ?? DefaultEndpoint);

    public string? KeyOf(ParseResult parsed) => parsed.GetValue(Key) ?? Variable("VIVACE_API_KEY");

    public string? UserOf(ParseResult parsed) => parsed.GetValue(User) ?? Variable("VIVACE_USER");

    /// <summary>An endpoint with a slash at its end; null when it is none.</summary>
    public static Uri? TryEndpoint(string value)
        => Uri.TryCreate(value.EndsWith('/') ? value : value + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;

    private static void RefuseInvisible(Option<string?> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<string>() is { } value && (value.Length == 0 || value.Any(c => c is < ' ' or > '~')))
        {
            result.AddError($"{option.Name} must be visible ASCII.");
        }
    });

    private string? Variable(string name) => console.Variable(name) is { Length: > 0 } value ? value : null;
}
