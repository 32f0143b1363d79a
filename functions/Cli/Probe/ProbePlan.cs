using System.Globalization;
using Vivace.Contracts.Capabilities;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;

namespace Vivace.Cli.Probe;

/// <summary>What a probe says, in which conversations. The texts are short, harmless and all different.</summary>
internal sealed class ProbePlan(CapabilitiesReply server)
{
    /// <summary>Well formed, and nobody's.</summary>
    private const string UnknownProfile = "probe-no-such-profile";

    private const ProcessingMode Fast = ProcessingMode.Fast;
    private const ProcessingMode Default = ProcessingMode.Default;

    private int sums;

    public static IReadOnlyList<ProbeConversation> Make(CapabilitiesReply server, int rounds)
    {
        var plan = new ProbePlan(server);
        return [.. Enumerable.Range(1, rounds).SelectMany(plan.Round)];
    }

    private IEnumerable<ProbeConversation> Round(int round)
    {
        var suffix = round == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{round}");
        yield return new ProbeConversation($"interleaved{suffix}", null, Interleaved());
        yield return new ProbeConversation($"fast-by-default{suffix}", Fast, FastByDefault());
        yield return new ProbeConversation($"default-by-default{suffix}", Default, DefaultByDefault());
        yield return new ProbeConversation($"group{suffix}", null, Group());
        yield return new ProbeConversation($"contradictions{suffix}", null, [.. Contradictions()]);
    }

    private ProbeTurn[] Interleaved() =>
    [
        Say("default") with { Mode = Default },
        Say("fast") with { Mode = Fast },
        Say("inherited after fast"),
        Say("fast streamed") with { Mode = Fast, Streamed = true },
        Say("inherited streamed after fast") with { Streamed = true },
        Say("default streamed") with { Mode = Default, Streamed = true },
        Say("fast with unknown members") with { Mode = Fast, HasUnknownMembers = true },
        Say("unknown members alone") with { HasUnknownMembers = true },
    ];

    private ProbeTurn[] FastByDefault() =>
    [
        Say("inherited fast"),
        Say("default against it") with { Mode = Default },
        Say("inherited fast after default, streamed") with { Streamed = true },
        Say("fast, as it is anyway") with { Mode = Fast },
    ];

    private ProbeTurn[] DefaultByDefault() =>
    [
        Say("fast against it, streamed") with { Mode = Fast, Streamed = true },
        Say("inherited default"),
    ];

    private ProbeTurn[] Group() =>
    [
        Mention("fast, mentioned") with { Mode = Fast },
        Mention("default, mentioned, streamed") with { Mode = Default, Streamed = true },
        Say("fast, nobody addressed") with { Mode = Fast, Channel = ChannelType.Group, Streamed = true },
        Mention("inherited, mentioned"),
    ];

    private IEnumerable<ProbeTurn> Contradictions()
    {
        if (NameOf(Fast) is { } fast)
        {
            yield return Say("default with a fast profile") with { Mode = Default, Profile = fast };
            yield return Say("a fast profile alone, streamed") with { Profile = fast, Streamed = true };
        }

        if (NameOf(Default) is { } calm)
        {
            yield return Say("fast with a default profile") with { Mode = Fast, Profile = calm };
            yield return Say("a default profile alone") with { Profile = calm };
        }

        yield return Say("fast with an unknown profile") with { Mode = Fast, Profile = UnknownProfile };
        yield return Say("an unknown profile alone") with { Profile = UnknownProfile };
        yield return Say("no such mode") with { InvalidMode = "turbo" };
        yield return Say("inherited after all that");
        foreach (var profile in server.Profiles.Where(p => p.Name != NameOf(p.Mode)))
        {
            yield return Say($"profile {profile.Name} alone") with { Profile = profile.Name };
        }
    }

    private ProbeTurn Say(string name)
    {
        sums++;
        return new ProbeTurn(name, string.Create(CultureInfo.InvariantCulture, $"What is {sums} + {sums % 7 + 2}?"));
    }

    private ProbeTurn Mention(string name)
    {
        var turn = Say(name);
        return turn with { Text = $"@{server.AgentName} {turn.Text}", Channel = ChannelType.Group };
    }

    private string? NameOf(ProcessingMode mode) => server.Profiles.FirstOrDefault(p => p.Mode == mode)?.Name;
}
