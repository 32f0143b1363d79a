using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Models;
using Vivace.Runtime.Pipeline;
using Vivace.Runtime.Policies;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Profiles;
using Vivace.Runtime.Tests.Drivers;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Tests.AllowLists;

public sealed class AllowListTests
{
    private static readonly string[] Callable = [.. Enumerable.Range(0, RandomCapabilities.Count).Select(i => $"A{i}"), "REPLY", "IGNORE", "NONE", "UNKNOWN"];

    [Fact]
    public async Task No_profile_and_no_model_output_reaches_past_the_allow_lists()
    {
        var journal = new RandomCapabilities.Journal();
        var registry = new CapabilityRegistry(RandomCapabilities.All(journal));
        Assert.Empty(registry.Errors);
        for (var seed = 0; seed < Release.Size(10_000, 100_000); seed++)
        {
            journal.Ran.Clear();
            await RunOneAsync(seed, registry, journal);
        }
    }

    private static async Task RunOneAsync(int seed, CapabilityRegistry registry, RandomCapabilities.Journal journal)
    {
        var random = new Random(seed);
        var options = NextOptions(random);
        var errors = new List<string>();
        var profile = ProfileResolver.Resolve(options, registry, errors);
        Assert.True(errors.Count == 0, $"seed {seed}: {string.Join(' ', errors)}");
        using var model = new ScriptedModel("any", _ => NextAnswer(random));
        var endpoint = new ModelEndpoint("any", model);
        var metrics = TestMetrics.Create();
        var pipeline = new MessagePipeline(new TurnRoutingChatClient(endpoint, endpoint, metrics), metrics, TimeProvider.System, new AgentOptions(), NullLogger<MessagePipeline>.Instance);
        var decision = new ProcessingDecision(new RequestedProcessing(options.Mode), profile, DecidedBy.Message, null, RolloutArm.Fast, "v");
        var call = new RuntimeCallOptions { TurnId = $"t{seed}", ConversationId = "c", RoomId = "r", Owner = "o", Number = 1, Text = "number 3 please", Streamed = random.Next(2) == 0, Processing = decision };

        var outcome = await pipeline.RunAsync(TurnContext.Create(call, TimeProvider.System.GetTimestamp()), null, CancellationToken.None);

        AssertWithin(seed, options.Context.Providers, "P", journal.Ran);
        AssertWithin(seed, options.Actions.Allowed, "A", journal.Ran);
        var pre = PolicyOracle.Allowed(options.PreEvaluators, "E");
        pre.Add("E5");
        Assert.True(pre.SetEquals(journal.Ran.Where(r => r[0] == 'E')), $"seed {seed}: pre-evaluators {string.Join(' ', journal.Ran)}");
        if (options.PostEvaluators.Deferred)
        {
            Assert.DoesNotContain(journal.Ran, r => r[0] == 'Q');
        }

        AssertWithin(seed, options.PostEvaluators.Allowed, "Q", journal.Ran);
        var executed = journal.Ran.Count(r => r[0] == 'A');
        Assert.True(executed <= (options.Actions.MaxExecuted ?? int.MaxValue), $"seed {seed}: {executed} actions");
        Assert.True(model.Requests.Count <= options.Generation.MaxModelCalls, $"seed {seed}: {model.Requests.Count} model calls");
        Assert.True(!outcome.Responded || journal.Ran.Contains("R0"), $"seed {seed}: the reply was not reviewed");
        Assert.True(!outcome.Responded || outcome.Text.Length > 0, $"seed {seed}: empty reply");
        var allowed = PolicyOracle.Allowed(options.Actions.Allowed, "A");
        Assert.All(model.Requests[0].Tools, tool => Assert.True(tool[0] != 'A' || allowed.Contains(tool), $"seed {seed}: {tool} was shown"));
    }

    private static void AssertWithin(int seed, CapabilityPolicy policy, string family, List<string> ran)
    {
        var allowed = PolicyOracle.Allowed(policy, family);
        Assert.All(ran.Where(r => r[..1] == family), r => Assert.True(allowed.Contains(r), $"seed {seed}: {r} ran past its policy"));
    }

    private static MessageProcessingOptions NextOptions(Random random) => new(
        "random",
        random.Next(2) == 0 ? ProcessingMode.Fast : ProcessingMode.Default,
        Model: new ModelOptions((ModelSize)random.Next(2)),
        Generation: new GenerationOptions(MaxModelCalls: random.Next(1, 5)),
        Context: new ContextOptions(NextPolicy(random, "P")),
        Actions: new ActionOptions(NextPolicy(random, "A"), NextCap(random), NextCap(random)),
        PreEvaluators: NextPolicy(random, "E"),
        PostEvaluators: new PostEvaluatorOptions(NextPolicy(random, "Q"), random.Next(2) == 0));

    private static int? NextCap(Random random) => random.Next(3) == 0 ? null : random.Next(4);

    private static CapabilityPolicy NextPolicy(Random random, string family) => new(
        random.Next(8) == 0,
        random.Next(3) == 0 ? null : NextEntries(random, family),
        random.Next(2) == 0 ? null : NextEntries(random, family));

    private static ImmutableArray<string> NextEntries(Random random, string family) => [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(4) switch
    {
        0 => new[] { "tag:even", "tag:odd", "TAG:low", " tag:high " }[random.Next(4)],
        1 => $" {family.ToLowerInvariant()}{random.Next(RandomCapabilities.Count)}",
        _ => $"{family}{random.Next(RandomCapabilities.Count)}",
    })];

    private static ScriptedAnswer NextAnswer(Random random)
    {
        var contents = new List<AIContent>();
        if (random.Next(2) == 0)
        {
            contents.Add(new TextContent("words "));
        }

        for (var calls = random.Next(4); calls > 0; calls--)
        {
            var name = Callable[random.Next(Callable.Length)];
            contents.Add(new FunctionCallContent($"call-{random.Next(3)}", name, new Dictionary<string, object?> { ["text"] = "said" }));
        }

        return new ScriptedAnswer(contents);
    }
}
