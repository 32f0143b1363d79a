using System.Text.Json;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Profiles;
using Vivace.Runtime.Tests.Drivers;

namespace Vivace.Runtime.Tests.Capabilities;

public sealed class ProfileErrorTests
{
    [Fact]
    public void Every_error_of_every_profile_is_reported()
    {
        var folder = Directory.CreateTempSubdirectory("vivace-bad-profiles-").FullName;
        File.WriteAllText(Path.Combine(folder, "one.json"), """
            { "profile": "one", "mode": "fast", "generation": { "maxModelCalls": 0, "retries": -1, "deadlineSeconds": 0 },
              "actions": { "allowed": { "include": ["FLY"] }, "maxShown": -1, "maxExecuted": -2 }, "preEvaluators": { "exclude": ["tag:nope"] } }
            """);
        File.WriteAllText(Path.Combine(folder, "two.json"), """{ "profile": "two", "mode": "quick" }""");
        File.WriteAllText(Path.Combine(folder, "three.json"), """{ "profile": "other", "mode": "fast" }""");
        File.WriteAllText(Path.Combine(folder, "four.json"), """{ "profile": "four", "mode": "fast", "genration": {} }""");
        var errors = new List<string>();

        Assert.Null(ProfileLoader.Load(BuiltinProfiles.Registry, folder, "missing", errors));

        string[] expected =
        [
            "maxModelCalls", "retries", "deadlineSeconds", "FLY", "maxShown", "maxExecuted", "tag:nope",
            "profile two:", "must be \"three\"", "genration", "missing",
        ];
        Assert.All(expected, part => Assert.Contains(errors, e => e.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void Capabilities_that_leave_something_unsaid_are_refused()
    {
        var registry = new CapabilityRegistry([new Untagged(), new Untagged(), new Unspecified(), new Contradicting()]);

        string[] expected = ["has no tags", "declared 2 times", "no phase", "no criticality", "implement IReplyReviewer", "upper case"];
        Assert.All(expected, part => Assert.Contains(registry.Errors, e => e.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_profile_resolves_to_the_same_hash_until_something_in_it_changes()
    {
        var errors = new List<string>();
        string Hash(string json) => ProfileResolver.Resolve(ProfileLoader.Parse("p", System.Text.Encoding.UTF8.GetBytes(json), errors)!, BuiltinProfiles.Registry, errors).Hash;

        var one = Hash("""{ "profile": "p", "mode": "fast" }""");

        Assert.Equal(one, Hash("""{ "mode": "fast",  "profile": "p", "generation": {} }"""));
        Assert.NotEqual(one, Hash("""{ "profile": "p", "mode": "fast", "generation": { "retries": 2 } }"""));
        Assert.NotEqual(one, Hash("""{ "profile": "p", "mode": "fast", "actions": { "allowed": { "include": [] } } }"""));
        Assert.Empty(errors);
    }

    private sealed class Untagged : IAgentAction
    {
        public CapabilityDescriptor Descriptor { get; } = new() { Name = "UNTAGGED", Description = "", Tags = [] };

        public JsonElement Parameters => JsonSchemas.Nothing;

        public ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Unspecified : IPostEvaluator
    {
        public EvaluatorDescriptor Evaluator { get; } = new() { Name = "lower", Description = "", Tags = ["t"] };

        public ValueTask<PostEvaluation> EvaluateAsync(PostEvaluatorContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Contradicting : IPostEvaluator
    {
        public EvaluatorDescriptor Evaluator { get; } = new() { Name = "CRITICAL", Description = "", Tags = ["t"], Phase = EvaluatorPhase.Post, Criticality = Criticality.Critical };

        public ValueTask<PostEvaluation> EvaluateAsync(PostEvaluatorContext context, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
