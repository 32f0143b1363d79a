using Vivace.Rollouts.Auditing;
using Vivace.Rollouts.Reconciling;
using Vivace.Rollouts.Simulating;
using Vivace.Rollouts.Tests.Simulating;
using Xunit.Abstractions;

namespace Vivace.Rollouts.Tests.Auditing;

public class ReplayTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_verdict_of_simulated_rollouts_is_reproduced()
    {
        var rollouts = Played(Release.Size(20, 500), failures: 0.01).Concat(Played(Release.Size(10, 200), failures: 0.1)).ToList();
        Assert.Contains(rollouts, r => r.Status.State == RolloutState.Completed);
        Assert.Contains(rollouts, r => r.Status.State == RolloutState.RolledBack);
        foreach (var rollout in rollouts)
        {
            var report = AuditReplay.Replay(rollout.AuditLines, rollout.AuditHead);
            Assert.Null(report.Fault);
            Assert.Equal(rollout.AuditLines.Count, report.Entries);
        }

        output.WriteLine($"VIVACE_SEED={Seeds.Seed}: {rollouts.Count} rollouts, {rollouts.Sum(r => r.AuditLines.Count)} entries");
    }

    [Fact]
    public void A_change_of_any_byte_is_found()
    {
        string[] lines = [.. Lines(out _).Take(3)];
        for (var line = 0; line < lines.Length; line++)
        {
            var text = lines[line];
            var step = Math.Max(1, text.Length / Release.Size(150, 100_000));
            for (var at = 0; at < text.Length; at += step)
            {
                foreach (var other in Others(text[at]))
                {
                    var changed = lines.ToArray();
                    changed[line] = string.Concat(text.AsSpan(0, at), other.ToString(), text.AsSpan(at + 1));
                    var fault = AuditReplay.Replay(changed).Fault;
                    Assert.True(fault?.Sequence == line + 1, $"line {line}, character {at}: '{text[at]}' became '{other}'");
                }
            }
        }
    }

    [Fact]
    public void A_missing_a_moved_and_a_repeated_entry_are_found()
    {
        var (lines, head) = (Lines(out var known), known);
        for (var i = 0; i < lines.Count; i++)
        {
            var missing = AuditReplay.Replay([.. lines.Take(i), .. lines.Skip(i + 1)], head).Fault;
            Assert.Equal((i + 1, i == lines.Count - 1 ? ReplayFaultKind.Truncated : ReplayFaultKind.BrokenLink), (missing!.Sequence, missing.Kind));
            var repeated = AuditReplay.Replay([.. lines.Take(i + 1), .. lines.Skip(i)], head).Fault;
            Assert.Equal((i + 2, ReplayFaultKind.BrokenLink), (repeated!.Sequence, repeated.Kind));
        }

        Assert.Equal(ReplayFaultKind.BrokenLink, AuditReplay.Replay(lines.Reverse(), head).Fault!.Kind);
    }

    [Fact]
    public void A_log_that_was_cut_off_is_found_by_its_head()
    {
        var lines = Lines(out var head);
        for (var kept = 0; kept < lines.Count; kept++)
        {
            Assert.Equal(ReplayFaultKind.Truncated, AuditReplay.Replay(lines.Take(kept), head).Fault!.Kind);
            Assert.Null(AuditReplay.Replay(lines.Take(kept)).Fault);
        }
    }

    /// <summary>Who can compute hashes can chain a forged log; what it claims still does not follow from its inputs.</summary>
    [Fact]
    public void A_forged_verdict_with_fitting_hashes_is_found()
    {
        var rollout = new Reconciling.Rollout();
        rollout.After(TimeSpan.FromDays(1), () => rollout.Bad(Rollouts.Plans.GuardKind.Failure, new(9, 9)));
        var honest = rollout.Log[^1].Record;
        var forged = AuditLog.Append(AuditLog.HeadOf(rollout.Log[^2]), honest with { After = honest.After with { State = RolloutState.Running } });
        var report = AuditReplay.Replay([.. rollout.Lines.SkipLast(1), AuditLog.ToLine(forged)]);
        Assert.Equal((rollout.Log.Count, ReplayFaultKind.DifferentDecision), (report.Fault!.Sequence, report.Fault.Kind));
        var impossible = honest with { Inputs = honest.Inputs with { Before = null } };
        var second = AuditReplay.Replay([.. rollout.Lines.SkipLast(1), AuditLog.ToLine(AuditLog.Append(AuditLog.HeadOf(rollout.Log[^2]), impossible))]);
        Assert.Equal(ReplayFaultKind.DifferentDecision, second.Fault!.Kind);
    }

    /// <summary>Another of its own kind, so that most changes are still JSON, and one that is not.</summary>
    private static char[] Others(char c) => char.IsAsciiDigit(c) ? [c == '0' ? '1' : '0', 'x']
        : char.IsAsciiLetter(c) ? [c == 'a' ? 'b' : 'a', char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)]
        : [' ', '"' == c ? '\'' : '"'];

    private static IReadOnlyList<string> Lines(out AuditHead head)
    {
        var rollout = Played(1, 0.01).Single();
        head = rollout.AuditHead;
        Assert.True(rollout.AuditLines.Count > 3);
        return rollout.AuditLines;
    }

    private static List<SimulatedRollout> Played(int runs, double failures)
    {
        var played = new List<SimulatedRollout>();
        RolloutSimulation.Run(
            new()
            {
                Plan = TestPlans.Large,
                Runs = runs,
                Seed = Seeds.Seed,
                Fast = new() { Failure = failures, FirstChunkMedian = 0.3 },
                KeepAudit = true,
                MaximumTime = TimeSpan.FromHours(12),
            },
            new Collected(played),
            CancellationToken.None);
        return played;
    }

    private sealed class Collected(List<SimulatedRollout> into) : IProgress<SimulatedRollout>
    {
        public void Report(SimulatedRollout value) => into.Add(value);
    }
}
