using System.Text;
using Microsoft.Extensions.AI;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Providers;
using Vivace.Runtime.Telemetry;

namespace Vivace.Runtime.Pipeline;

/// <summary>Runs the context providers concurrently and composes the prompt in profile order.</summary>
internal sealed class ComposeStateStage(VivaceMetrics metrics, TimeProvider time)
{
    private const string Dynamic = "dynamic";

    public async Task RunAsync(TurnRun run, CancellationToken cancellation)
    {
        run.Shown = ActionRanking.Pick(run.Turn.Profile, run.Text);
        var context = new ProviderContext(run.Turn, run.Text, run.Shown, run.Model);
        var running = Included(run, context)
            .Select(provider => (provider, contribution: ProvideAsync(provider, context, cancellation)))
            .ToArray();
        var instructions = new StringBuilder();
        var history = new List<ChatMessage>();
        foreach (var (provider, pending) in running)
        {
            var (contribution, use) = await pending;
            run.Providers.Add(use);
            metrics.Provider(use.Name, use.Outcome, run.Turn.Routing);
            Append(instructions, contribution.Section);
            history.AddRange(contribution.History ?? []);
        }

        Append(instructions, run.Turn.Profile.Options.Generation.Instructions);
        if (instructions.Length > 0)
        {
            run.Prompt.Add(new ChatMessage(ChatRole.System, instructions.ToString()));
        }

        run.Prompt.AddRange(history);
        run.Prompt.Add(new ChatMessage(ChatRole.User, run.Text));
    }

    private static IEnumerable<IContextProvider> Included(TurnRun run, ProviderContext context)
    {
        var dynamicAllowed = run.Turn.Profile.Options.Context.Dynamic;
        foreach (var provider in run.Turn.Profile.Providers)
        {
            if (!provider.Descriptor.Tags.Contains(Dynamic) || (dynamicAllowed && IsRelevant(provider, run, context)))
            {
                yield return provider;
            }
        }
    }

    private static bool IsRelevant(IContextProvider provider, TurnRun run, ProviderContext context)
    {
        try
        {
            return provider.IsRelevant(context);
        }
        catch (Exception e)
        {
            run.Providers.Add(new CapabilityUse(provider.Descriptor.Name, "failed", e.GetType().Name));
            return false;
        }
    }

    private async Task<(ContextContribution Contribution, CapabilityUse Use)> ProvideAsync(
        IContextProvider provider, ProviderContext context, CancellationToken cancellation)
    {
        var name = provider.Descriptor.Name;
        try
        {
            var limit = TimeSpan.FromSeconds(context.Turn.Profile.Options.Context.DeadlineSeconds);
            var contribution = await Deadline.RunAsync(token => provider.ProvideAsync(context, token), limit, time, cancellation);
            return (contribution, new CapabilityUse(name, "ok"));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not Models.ModelRoutingException)
        {
            return (ContextContribution.None, new CapabilityUse(name, e is TimeoutException ? "timeout" : "failed", e.GetType().Name));
        }
    }

    private static void Append(StringBuilder instructions, string? section)
    {
        if (string.IsNullOrEmpty(section))
        {
            return;
        }

        if (instructions.Length > 0)
        {
            instructions.Append("\n\n");
        }

        instructions.Append(section);
    }
}
