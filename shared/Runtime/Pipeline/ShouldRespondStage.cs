using Microsoft.Extensions.AI;
using Vivace.Contracts.Messages;
using Vivace.Runtime.Models;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Pipeline;

/// <summary>
/// Decides whether the agent responds: rules first, the small model only when they leave it undecided. A model that fails
/// to say means silence.
/// </summary>
internal sealed class ShouldRespondStage(AgentOptions agent, TimeProvider time)
{
    /// <summary>First line of the instructions, by which the demonstration model knows the task.</summary>
    internal const string Task = "Task: should respond.";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public async Task RunAsync(TurnRun run, CancellationToken cancellation)
    {
        if (!IsAddressed(run.Turn, run.Text, agent.Name) && !await AskModelAsync(run, cancellation))
        {
            run.End = TurnEnd.Silent("not-addressed");
        }
    }

    /// <summary>The agent's own messages and muted rooms end before anything else looks at them.</summary>
    internal static TurnEnd? Silence(TurnContext turn)
        => turn.Options.Muted ? TurnEnd.Silent("muted") : turn.Options.FromAgent ? TurnEnd.Silent("own-message") : null;

    /// <summary>Whether the rules alone say that the message is meant for the agent.</summary>
    internal static bool IsAddressed(TurnContext turn, string text, string agentName)
        => turn.Options.ChannelType is ChannelType.Dm or ChannelType.VoiceDm or ChannelType.Api || Mentions(text, agentName);

    internal static bool Mentions(string text, string name)
    {
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + name.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> AskModelAsync(TurnRun run, CancellationToken cancellation)
    {
        var instructions = $"{Task} You are {agent.Name}, one of several in a group. Answer RESPOND when the newest message "
            + "is meant for you or asks something that you should answer, else IGNORE. One word.";
        ChatMessage[] prompt = [new(ChatRole.System, instructions), .. run.Prompt.Where(m => m.Role != ChatRole.System)];
        try
        {
            var response = await Deadline.RunAsync(
                token => new ValueTask<ChatResponse>(run.Model.GetResponseAsync(prompt, cancellationToken: token)), Limit, time, cancellation);
            return response.Text.AsSpan().Trim().StartsWith("RESPOND", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is ModelException or TimeoutException)
        {
            return false;
        }
    }
}
