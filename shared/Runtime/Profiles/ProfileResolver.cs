using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Vivace.Contracts.Validation;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Policies;
using Vivace.Runtime.Processing;

namespace Vivace.Runtime.Profiles;

/// <summary>Resolves profiles against the capabilities; collects every error.</summary>
public static class ProfileResolver
{
    /// <summary>The effective profile. It is usable only when no error was added.</summary>
    public static ResolvedProfile Resolve(MessageProcessingOptions options, CapabilityRegistry registry, ICollection<string> errors)
    {
        CheckLimits(options, errors);
        var providers = CapabilitySelector.Select(options.Context.Providers, registry.Providers, "context.providers", errors);
        var allowed = CapabilitySelector.Select(options.Actions.Allowed, registry.Actions, "actions.allowed", errors);
        var pre = CapabilitySelector.Select(options.PreEvaluators, registry.PreEvaluators, "preEvaluators", errors);
        var all = registry.Reviewers.CastArray<IMessageEvaluator>().AddRange(registry.PostEvaluators.CastArray<IMessageEvaluator>());
        var post = CapabilitySelector.Select(options.PostEvaluators.Allowed, all, "postEvaluators.allowed", errors);
        var actions = registry.Actions.Where(a => allowed.Contains(a) || ReplyActions.IsAlwaysAllowed(a.Descriptor.Name)).ToImmutableArray();
        var profile = new ResolvedProfile
        {
            Options = options,
            Providers = providers,
            Actions = actions,
            PreEvaluators = [.. registry.PreEvaluators.Where(e => pre.Contains(e) || e.Evaluator.Criticality == Criticality.Critical)],
            Reviewers = registry.Reviewers,
            PostEvaluators = [.. registry.PostEvaluators.Where(e => post.Contains(e))],
            AllowedActions = actions.Select(a => a.Descriptor.Name).ToFrozenSet(StringComparer.Ordinal),
            Hash = "",
        };
        return profile with { Hash = Hash(profile) };
    }

    private static void CheckLimits(MessageProcessingOptions options, ICollection<string> errors)
    {
        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                errors.Add(rule);
            }
        }

        var generation = options.Generation;
        Require(ProfileName.IsValid(options.Profile), "profile must match [a-z0-9][a-z0-9-]{0,63}.");
        Require(generation.MaxModelCalls is >= 1 and <= 20, "generation.maxModelCalls must be 1 to 20.");
        Require(generation.Retries is >= 0 and <= 10, "generation.retries must be 0 to 10.");
        Require(generation.DeadlineSeconds is > 0 and <= 600, "generation.deadlineSeconds must be above 0 and at most 600.");
        Require(generation.MaxOutputTokens is null or >= 1, "generation.maxOutputTokens must be at least 1.");
        Require(options.Context.RecentMessages is >= 0 and <= 200, "context.recentMessages must be 0 to 200.");
        Require(options.Context.DeadlineSeconds is > 0 and <= 600, "context.deadlineSeconds must be above 0 and at most 600.");
        Require(options.Actions.MaxShown is null or >= 0, "actions.maxShown must not be negative.");
        Require(options.Actions.MaxExecuted is null or >= 0, "actions.maxExecuted must not be negative.");
        Require(options.PostEvaluators.DeadlineSeconds is > 0 and <= 600, "postEvaluators.deadlineSeconds must be above 0 and at most 600.");
    }

    private static string Hash(ResolvedProfile profile)
    {
        using var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content))
        {
            writer.WriteStartArray();
            JsonSerializer.Serialize(writer, profile.Options, ProfileJson.Default.MessageProcessingOptions);
            foreach (var name in Effective(profile))
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(content.ToArray()).AsSpan(0, 8));
    }

    private static IEnumerable<string> Effective(ResolvedProfile profile)
    {
        static string Version(IMessageEvaluator e) => $"{e.Evaluator.Name}/{e.Evaluator.Version}";
        return ResolvedProfile.Names(profile.Providers).Append("|")
            .Concat(ResolvedProfile.Names(profile.Actions)).Append("|")
            .Concat(profile.PreEvaluators.Select(Version)).Append("|")
            .Concat(profile.Reviewers.Select(Version)).Append("|")
            .Concat(profile.PostEvaluators.Select(Version));
    }
}
