using System.Text;
using System.Text.Json;
using Vivace.Contracts.Processing;
using Vivace.Rollouts.Flags;

namespace Vivace.Flags.Tests;

public sealed class FlagSnapshotTests
{
    [Theory]
    [InlineData("internal-1", null, RolloutArm.Fast, RolloutAssignment.Cohort)]
    [InlineData("user-2@example", null, RolloutArm.None, RolloutAssignment.None)]
    [InlineData("user-2@example", "staff", RolloutArm.Fast, RolloutAssignment.Cohort)]
    [InlineData("user-2@example", "STAFF", RolloutArm.None, RolloutAssignment.None)]
    [InlineData("user-3@example", null, RolloutArm.Control, RolloutAssignment.Percentile)]
    [InlineData("user-3@example", "staff", RolloutArm.Fast, RolloutAssignment.Cohort)]
    public void The_internal_cohort_is_told_from_the_percentiles(string unit, string? group, RolloutArm arm, RolloutAssignment assignment)
    {
        var decision = Flag.With(Flag.Recorded).Decide(unit, group is null ? [] : [group]);
        Assert.Equal((arm, assignment), (decision.Arm, decision.Assignment));
    }

    [Fact]
    public void While_the_runtime_flag_is_off_nobody_is_assigned()
    {
        var decision = Flag.With(RuntimeFlag.Switch(FlagNames.Runtime, Flag.Recorded, false)).Decide("internal-1");
        Assert.Equal((true, false, RolloutArm.None, RolloutAssignment.None), (decision.ContractOn, decision.RuntimeOn, decision.Arm, decision.Assignment));
    }

    [Fact]
    public void A_file_and_key_values_give_the_same_decisions()
    {
        var file = FlagSnapshot.Parse(Encoding.UTF8.GetBytes($$"""{ "feature_management": { "feature_flags": [{{Flag.On}}, {{Flag.Recorded}}] } }"""));
        var values = Flag.With(Flag.Recorded);
        foreach (var i in Enumerable.Range(0, 1000))
        {
            Assert.Equal(values.Decide($"u{i}") with { Version = "" }, file.Decide($"u{i}") with { Version = "" });
        }
    }

    [Fact]
    public void The_version_changes_with_the_content_and_not_with_the_order_or_with_other_flags()
    {
        KeyValuePair<string, string?>[] values = [new(FlagNames.Contract, Flag.On), new(FlagNames.Runtime, Flag.Recorded)];
        var version = FlagSnapshot.FromValues(values).Version;
        Assert.Equal(version, FlagSnapshot.FromValues(values.Reverse()).Version);
        Assert.Equal(version, FlagSnapshot.FromValues([.. values, new("somebody-elses", "{}")]).Version);
        Assert.NotEqual(version, Flag.With(Flag.Recorded.Replace("\"to\": 5", "\"to\": 6", StringComparison.Ordinal)).Version);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("contract", "")]
    [InlineData("contract runtime cloud-enforced ui", "")]
    [InlineData("runtime", "runtime")]
    [InlineData("ui", "ui")]
    [InlineData("contract ui", "ui")]
    [InlineData("contract cloud-enforced", "cloud-enforced")]
    [InlineData("runtime cloud-enforced ui", "runtime cloud-enforced ui")]
    public void A_flag_that_is_on_without_its_predecessor_counts_as_off_and_is_named(string on, string alone)
    {
        var names = on.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var flags = FlagSnapshot.FromValues(names.Select(n => KeyValuePair.Create<string, string?>($"fast-mode-{n}", $$"""{"id":"fast-mode-{{n}}","enabled":true}""")));
        Assert.Equal(alone.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => $"fast-mode-{n}"), flags.WithoutPredecessor);
        var counted = flags.Decide("u");
        var expected = names.Except(alone.Split(' ')).ToHashSet();
        Assert.Equal(
            (expected.Contains("contract"), expected.Contains("runtime"), expected.Contains("ui"), expected.Contains("cloud-enforced")),
            (counted.ContractOn, counted.RuntimeOn, counted.UiOn, counted.CloudEnforced));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"enabled\":true}")]
    [InlineData("{\"id\":\"another\",\"enabled\":true}")]
    [InlineData("{\"id\":\"fast-mode-runtime\",\"enabled\":tr")]
    [InlineData("{\"id\":\"fast-mode-runtime\",\"enabled\":true,\"conditions\":{\"client_filters\":[{\"name\":\"Microsoft.Percentage\"}]}}")]
    [InlineData("{\"id\":\"fast-mode-runtime\",\"enabled\":true,\"variants\":[{\"name\":\"fast\",\"status_override\":\"Disabled\"}]}")]
    [InlineData("{\"id\":\"fast-mode-runtime\",\"enabled\":true,\"variants\":[{\"name\":\"control\",\"status_override\":\"Enabled\"}]}")]
    [InlineData("{\"id\":\"fast-mode-runtime\",\"enabled\":true,\"allocation\":{\"group\":[null]}}")]
    public void A_value_that_would_not_be_evaluated_as_it_reads_is_refused_by_name(string json)
        => Assert.Contains(FlagNames.Runtime, Assert.Throws<JsonException>(() => Flag.With(json)).Message, StringComparison.Ordinal);
}
