using Vivace.Rollouts.Measuring;
using Vivace.Rollouts.Reconciling;
using Vivace.Runtime.Telemetry;

namespace Vivace.Api.Rollouts.Measuring;

/// <summary>What this process has counted for the rollout that is under way.</summary>
internal sealed class InstanceCounts(string instance)
{
    private readonly Lock gate = new();
    private MismatchCounts news = MismatchCounts.None;
    private MismatchCounts taken = MismatchCounts.None;
    private string? rolloutId;
    private InstanceRecord total = new(instance, MismatchCounts.None, 0);

    public bool HasNews
    {
        get
        {
            lock (gate)
            {
                return news.Total > 0;
            }
        }
    }

    public void Count(MismatchKind kind)
    {
        lock (gate)
        {
            news = kind switch
            {
                MismatchKind.Mode => news with { Mode = news.Mode + 1 },
                MismatchKind.Room => news with { Room = news.Room + 1 },
                MismatchKind.Path => news with { Path = news.Path + 1 },
                _ => news with { Model = news.Model + 1 },
            };
        }
    }

    /// <summary>The row to write: all since the rollout began. What is counted after its end is of none.</summary>
    public InstanceRecord Of(RolloutStatus status, long judgedByAnother)
    {
        lock (gate)
        {
            if (rolloutId != status.RolloutId)
            {
                (rolloutId, total) = (status.RolloutId, new InstanceRecord(instance, MismatchCounts.None, 0));
            }

            taken = news;
            return total with
            {
                Mismatches = status.IsEnded() ? total.Mismatches : total.Mismatches.Plus(taken),
                JudgedByAnother = total.JudgedByAnother + judgedByAnother,
            };
        }
    }

    /// <summary>The row has been written.</summary>
    public void Keep(InstanceRecord written) => total = written;

    /// <summary>What was taken for the row is news no longer; what was counted meanwhile is.</summary>
    public void Written()
    {
        lock (gate)
        {
            news = new MismatchCounts(news.Mode - taken.Mode, news.Room - taken.Room, news.Path - taken.Path, news.Model - taken.Model);
            taken = MismatchCounts.None;
        }
    }

    /// <summary>Nothing is under way.</summary>
    public void Forget()
    {
        lock (gate)
        {
            (news, taken) = (MismatchCounts.None, MismatchCounts.None);
        }
    }
}
