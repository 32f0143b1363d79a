using System.Text.RegularExpressions;

namespace Vivace.Rollouts.Plans;

/// <summary>Checks a plan and reports all its faults together.</summary>
public static partial class RolloutPlanValidator
{
    /// <summary>The faults, in the order of the plan's members; empty when it can be used.</summary>
    public static IReadOnlyList<string> Faults(RolloutPlan plan) => [
        .. Rule(IdForm().IsMatch(plan.Id), "id must match [a-z0-9][a-z0-9-]{0,63}."),
        .. StepFaults(plan),
        .. OrderFaults(plan),
        .. GuardFaults(plan),
        .. NumberFaults(plan),
        .. QualityFaults(plan.Quality),
        .. CohortFaults(plan),
        .. TierFaults(plan)];

    private static IEnumerable<string> StepFaults(RolloutPlan plan)
    {
        foreach (var (index, step) in plan.Steps.Index())
        {
            var name = $"steps[{index}]";
            foreach (var fault in step is null ? [$"{name} is null."] : (IEnumerable<string>)[
                .. Rule(step.Percent is >= 0 and <= 100, $"{name}.percent must be 0 to 100."),
                .. Rule(step.MinimumTime >= TimeSpan.Zero, $"{name}.minimumTime must not be negative."),
                .. Rule(step.MinimumUnits >= 1, $"{name}.minimumUnits must be at least 1.")])
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> OrderFaults(RolloutPlan plan)
    {
        if (plan.Steps.Length == 0)
        {
            yield return "steps must not be empty.";
        }

        var percents = plan.Steps.OfType<RolloutStep>().Select(s => s.Percent).ToList();
        if (percents.Zip(percents.Skip(1)).Any(p => p.Second <= p.First))
        {
            yield return "steps must be in order of rising percent.";
        }

        if (percents.Count > 0 && percents[^1] > 50 && !percents.Any(p => p is > 0 and <= 50))
        {
            yield return "steps above 50 need one of 1 to 50 before them, where the control arm is measured.";
        }
    }

    private static IEnumerable<string> GuardFaults(RolloutPlan plan)
    {
        foreach (var (index, guard) in plan.Guards.Index())
        {
            var name = $"guards[{index}]";
            foreach (var fault in guard is null ? [$"{name} is null."] : (IEnumerable<string>)[
                .. Rule(Enum.IsDefined(guard.Kind), $"{name}.kind is unknown."),
                .. Rule(guard.Delta is >= 0 and < 1, $"{name}.delta must be 0 to below 1."),
                .. Rule(guard.MaximumRatio is >= 1 and <= 10, $"{name}.maximumRatio must be 1 to 10.")])
            {
                yield return fault;
            }
        }

        var kinds = plan.Guards.OfType<GuardPlan>().Select(g => g.Kind).ToList();
        if (kinds.Distinct().Count() < kinds.Count)
        {
            yield return "guards must name each kind at most once.";
        }
    }

    private static IEnumerable<string> NumberFaults(RolloutPlan plan) => [
        .. Rule(plan.Alpha is > 0 and <= 0.2, "alpha must be above 0 and at most 0.2."),
        .. Rule(plan.FirstChunkSlo is > 0 and <= 120, "firstChunkSlo must be above 0 and at most 120 seconds."),
        .. Rule(plan.SlowShare is > 0 and < 1, "slowShare must be between 0 and 1."),
        .. Rule(plan.FasterThan is > 0 and < 1, "fasterThan must be between 0 and 1."),
        .. Rule(plan.Settling >= TimeSpan.Zero, "settling must not be negative."),
        .. Rule(plan.SampleRatioAlpha is > 0 and <= 0.05, "sampleRatioAlpha must be above 0 and at most 0.05."),
        .. Rule(plan.CoolDown >= TimeSpan.Zero, "coolDown must not be negative."),
        .. Rule(Enum.IsDefined(plan.Rollback), "rollback must be soft or hard.")];

    private static IEnumerable<string> QualityFaults(QualityPlan quality) => [
        .. Rule(quality.LowestGoodScore is >= 1 and <= 100, "quality.lowestGoodScore must be 1 to 100."),
        .. Rule(quality.MaximumAge > TimeSpan.Zero, "quality.maximumAge must be longer than nothing."),
        .. Rule(quality.Judge is null or { Model.Length: > 0, Version: >= 1 }, "quality.judge needs a model, and a version of at least 1.")];

    private static IEnumerable<string> CohortFaults(RolloutPlan plan) => [
        .. Rule(plan.Cohort is null || plan.Cohort.Users.Length + plan.Cohort.Groups.Length > 0, "cohort names nobody."),
        .. Rule(plan.Cohort is null or { MaximumFailureShare: > 0 and < 1 }, "cohort.maximumFailureShare must be between 0 and 1."),
        .. Rule((plan.Cohort is null) == !plan.Steps.Any(s => s is { Percent: 0 }), "a step of 0 percent and a cohort need each other.")];

    private static IEnumerable<string> TierFaults(RolloutPlan plan)
    {
        if (plan.PriorityTier is not { } tier)
        {
            yield break;
        }

        if (!(tier.MaximumGrowth > 1) || tier.Interval <= TimeSpan.Zero)
        {
            yield return "priorityTier.maximumGrowth must be above 1, and its interval longer than nothing.";
        }

        var steps = plan.Steps.OfType<RolloutStep>().Where(s => s.Percent > 0).ToList();
        foreach (var (from, to) in steps.Zip(steps.Skip(1)).Where(p => !IsWithin(tier, p.First, p.Second)))
        {
            yield return FormattableString.Invariant(
                $"priorityTier: {from.Percent} % must last {tier.Interval} and be followed by at most {tier.MaximumGrowth} times as much, not {to.Percent} %.");
        }
    }

    private static bool IsWithin(PriorityTierPlan tier, RolloutStep from, RolloutStep to)
        => from.MinimumTime >= tier.Interval && to.Percent <= from.Percent * tier.MaximumGrowth;

    private static IEnumerable<string> Rule(bool holds, string fault) => holds ? [] : [fault];

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex IdForm();
}
