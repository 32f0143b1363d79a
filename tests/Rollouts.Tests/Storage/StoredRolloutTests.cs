using System.Text.Json;
using System.Text.Json.Nodes;
using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Gates;
using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Plans;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Storage;
using Vivace.Rollouts.Tests.Reconciling;

namespace Vivace.Rollouts.Tests.Storage;

/// <summary>What is read of rows that another version of the program has written.</summary>
public class StoredRolloutTests
{
    private static readonly AuditHead Head = new(7, new string('a', 64));

    private readonly Rollout rollout = new();

    [Fact]
    public void What_this_version_has_written_is_read_without_fault()
    {
        var stored = Read(_ => { }, _ => { });
        Assert.Equal((3, true, Head, rollout.Status, null), (stored.Version, stored.IsConfigured, stored.Head, stored.Status, stored.Fault));
        Assert.Equal(Json(rollout.Plan), Json(stored.Plan!));
    }

    [Fact]
    public void A_member_that_is_not_known_is_passed_over_and_said()
    {
        var stored = Read(plan => plan["warmUp"] = 3, status => status["mood"] = "good");
        Assert.Equal((3, true, Head, rollout.Status), (stored.Version, stored.IsConfigured, stored.Head, stored.Status));
        Assert.Equal(Json(rollout.Plan), Json(stored.Plan!));
        Assert.Contains("warmUp", stored.Fault, StringComparison.Ordinal);
    }

    public static TheoryData<string> Useless => ["kind", "alpha", "missing"];

    [Theory]
    [MemberData(nameof(Useless))]
    public void A_plan_that_cannot_be_used_leaves_the_status(string how)
    {
        var stored = Read(
            plan =>
            {
                plan["warmUp"] = how;
                plan["guards"]![0]!["kind"] = how == "kind" ? "politeness" : "failure";
                plan["alpha"] = how == "alpha" ? 0.5 : 0.05;
                _ = how == "missing" && plan.Remove("steps");
            },
            _ => { });
        Assert.Equal((null, rollout.Status, Head), (stored.Plan, stored.Status, stored.Head));
        Assert.Contains("another version", stored.Fault, StringComparison.Ordinal);
        Assert.False(stored.IsStatusUnread);
    }

    [Fact]
    public void A_status_that_cannot_be_read_leaves_the_plan_and_the_head()
    {
        foreach (var edit in (Action<JsonObject>[])[s => s["state"] = "draining", s => s.Remove("flag"), s => s["verdict"] = 3])
        {
            var stored = Read(_ => { }, edit);
            Assert.Equal((null, true, Head, true), (stored.Status, stored.IsStatusUnread, stored.Head, stored.Plan is not null));
            Assert.Contains("another version", stored.Fault, StringComparison.Ordinal);
        }

        Assert.True(StoredRollout.Read(3, Json(rollout.Plan), true, "null", Head).IsStatusUnread);
        Assert.True(StoredRollout.Read(3, Json(rollout.Plan), true, "{", Head).IsStatusUnread);
    }

    [Fact]
    public void Rates_of_a_guard_that_is_not_known_are_left_out_of_the_status()
    {
        rollout.MoveTo(2);
        var stored = Read(_ => { }, status => status["frozen"]!["rates"]![0]!["kind"] = "politeness");
        Assert.Equal((true, rollout.Status with { Frozen = null }), (stored.IsStatusInPart, stored.Status));
        Assert.NotNull(stored.Fault);
        Assert.False(Read(_ => { }, _ => { }).IsStatusInPart);
    }

    [Fact]
    public void Beside_rows_that_cannot_be_read_only_a_mismatch_is_judged()
    {
        var bad = rollout.Bad(GuardKind.Failure, new Count(9, 9)) with { Unread = 1 };
        Assert.Equal(Verdict.Error, rollout.Reconcile(bad).Verdict);
        Assert.Equal(("unread-rows", RolloutState.Running), (rollout.Last.Gates.Single(g => g.Gate == Gate.Measurements).Reason, rollout.Status.State));
        rollout.Reconcile(bad with { Mismatches = MismatchCounts.None with { Path = 1 } });
        Assert.Equal((RolloutState.RolledBack, "mismatch"), (rollout.Status.State, rollout.Status.Reason));
        Assert.Null(AuditReplay.Replay(rollout.Lines).Fault);
    }

    private static string Json(RolloutPlan plan) => JsonSerializer.Serialize(plan, RolloutsJson.Default.RolloutPlan);

    private StoredRollout Read(Action<JsonObject> editPlan, Action<JsonObject> editStatus)
    {
        var plan = JsonNode.Parse(Json(rollout.Plan))!.AsObject();
        var status = JsonNode.Parse(JsonSerializer.Serialize(rollout.Status, RolloutsJson.Default.RolloutStatus))!.AsObject();
        editPlan(plan);
        editStatus(status);
        return StoredRollout.Read(3, plan.ToJsonString(), true, status.ToJsonString(), Head);
    }
}
