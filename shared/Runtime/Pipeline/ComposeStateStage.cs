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
        var running = new List<Task<(ContextContribution Contribution, CapabilityUse Use)>>(8);
        foreach (var provider in Included(run, context))
        {
            running.Add(ProvideAsync(provider, context, cancellation));
        }

        var sections = new List<string>(8);
        var history = new List<ChatMessage>();
        foreach (var pending in running)
        {
            var (contribution, use) = await pending;
            run.Providers.Add(use);
            metrics.Provider(use.Name, use.Outcome, run.Turn.Routing);
            Add(sections, contribution.Section);
            history.AddRange(contribution.History ?? []);
        }

        Add(sections, run.Turn.Profile.Options.Generation.Instructions);
        if (sections.Count > 0)
        {
            run.Prompt.Add(new ChatMessage(ChatRole.System, string.Join("\n\n", sections)));
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

    private static void Add(List<string> sections, string? section)
    {
        if (!string.IsNullOrEmpty(section))
        {
            sections.Add(section);
        }
    }
}
