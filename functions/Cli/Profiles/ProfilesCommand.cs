using System.CommandLine;
using Vivace.Cli.Hosting;
using Vivace.Cli.Output;
using Vivace.Client.Profiles;

namespace Vivace.Cli.Profiles;

/// <summary><c>vivace profiles [NAME]</c></summary>
internal static class ProfilesCommand
{
    private const string Details = """
        The hash of a profile is equal wherever a turn would be processed alike. With a name: all that the profile allows.

        With --json: {"profiles": [{name, mode, hash, providers, actions, …}]}, all members as the server gives them.
        """;

    private const int HashLength = 12;

    public static Command Create(CommandRunner runner)
    {
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne, Description = "One profile" };
        var command = new DocumentedCommand("profiles", "Print the profiles in effect on the server", Details) { name };
        runner.Bind(command, async (context, parsed, cancellationToken) =>
        {
            var listing = await context.Client.Profiles.ListAsync(cancellationToken);
            if (parsed.GetValue(name) is { } wanted)
            {
                listing = new ProfileListing([.. listing.Profiles.Where(p => p.Name == wanted)]);
                if (listing.Profiles.Count == 0)
                {
                    return await new FailureWriter(context.Console, context.Json).WriteAsync(ExitCodes.Failed, "not-found", $"There is no profile \"{wanted}\".");
                }
            }

            await PrintAsync(context, listing, inFull: parsed.GetValue(name) is not null);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Task PrintAsync(CommandContext context, ProfileListing listing, bool inFull)
    {
        var to = context.Console.Out;
        return context.Json ? to.WriteLineAsync(CliJson.Line(listing, CliJson.Context.ProfileListing))
            : inFull ? TextTable.WriteAsync(to, ["MEMBER", "VALUE"], Rows(listing.Profiles[0]))
            : TextTable.WriteAsync(to, ["NAME", "MODE", "HASH", "PROVIDERS", "ACTIONS"], [.. listing.Profiles.Select(Row)]);
    }

    private static string[] Row(ProfileEntry profile) =>
    [
        profile.Name,
        profile.Mode ?? "-",
        profile.Hash is { Length: > HashLength } hash ? hash[..HashLength] : profile.Hash ?? "-",
        List(profile, "providers"),
        List(profile, "actions"),
    ];

    private static string[][] Rows(ProfileEntry profile) =>
    [
        ["name", profile.Name],
        ["mode", profile.Mode ?? "-"],
        ["hash", profile.Hash ?? "-"],
        .. (profile.Members ?? []).Select(m => new[]
        {
            m.Key,
            profile.NamesIn(m.Key) is { Count: > 0 } names ? string.Join(' ', names)
                : m.Value.ValueKind == System.Text.Json.JsonValueKind.String ? m.Value.GetString()!
                : m.Value.GetRawText(),
        }),
    ];

    private static string List(ProfileEntry profile, string member) => profile.NamesIn(member) is { Count: > 0 } names ? string.Join(' ', names) : "-";
}
