using System.Buffers;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Evaluators;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Replies;

/// <summary>Stands between generation and the client: releases text as far as every reviewer has passed it.</summary>
internal sealed class ReplyGate
{
    internal const string FailedReviewReplacement = "I can't answer that at the moment.";

    private readonly List<(string Name, IReplyReview Review)> reviews = [];
    private readonly List<CapabilityUse> uses = [];
    private readonly ArrayBufferWriter<char> text = new(256);
    private readonly IReplySink? sink;
    private readonly bool buffers;
    private int released;
    private volatile bool closed;

    public ReplyGate(TurnContext turn, IReplySink? sink)
    {
        this.sink = sink;
        buffers = turn.Profile.BuffersReply;
        foreach (var reviewer in turn.Profile.Reviewers)
        {
            Guard(reviewer.Evaluator.Name, () => reviews.Add((reviewer.Evaluator.Name, reviewer.Begin(turn))));
        }
    }

    /// <summary>Whether an evaluator has blocked the reply.</summary>
    public bool Blocked => Replacement is not null;

    /// <summary>What is shown in place of a blocked reply.</summary>
    public string? Replacement { get; private set; }

    /// <summary>Whether nothing but white space was generated.</summary>
    public bool IsEmpty => text.WrittenSpan.IsWhiteSpace();

    /// <summary>The text released so far.</summary>
    public string ReleasedText => new(text.WrittenSpan[..released]);

    /// <summary>What each reviewer said.</summary>
    public IReadOnlyList<CapabilityUse> Uses => uses;

    /// <summary>Nothing is released from here on, whatever a stage that was left behind still generates.</summary>
    public void Close() => closed = true;

    /// <summary>Adds generated text and releases what may be. White space before the first word is left out.</summary>
    public ValueTask AppendAsync(string chunk, CancellationToken cancellation)
    {
        text.Write(text.WrittenCount == 0 ? chunk.AsSpan().TrimStart() : chunk);
        return ReleaseAsync(complete: false, cancellation);
    }

    /// <summary>Nothing will follow: reviews the whole text and releases the rest.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await ReleaseAsync(complete: true, cancellation);
        foreach (var (name, _) in reviews)
        {
            if (uses.All(u => u.Name != name))
            {
                uses.Add(new CapabilityUse(name, "pass"));
            }
        }
    }

    private ValueTask ReleaseAsync(bool complete, CancellationToken cancellation)
    {
        if (Blocked || closed)
        {
            return ValueTask.CompletedTask;
        }

        var releasable = text.WrittenCount;
        foreach (var (name, review) in reviews)
        {
            Guard(name, () =>
            {
                var verdict = review.Review(text.WrittenSpan, complete);
                if (verdict.Replacement is not null)
                {
                    Block(name, verdict.Replacement, "block", verdict.Reason);
                }

                releasable = Math.Min(releasable, complete ? text.WrittenCount : verdict.Releasable);
            });
        }

        if (Blocked || (buffers && !complete))
        {
            return ValueTask.CompletedTask;
        }

        if (!complete && releasable > released && char.IsHighSurrogate(text.WrittenSpan[releasable - 1]))
        {
            releasable--;
        }

        if (releasable <= released)
        {
            return ValueTask.CompletedTask;
        }

        var chunk = new string(text.WrittenSpan[released..releasable]);
        released = releasable;
        return sink?.WriteAsync(chunk, cancellation) ?? ValueTask.CompletedTask;
    }

    private void Guard(string name, Action review)
    {
        try
        {
            review();
        }
        catch (Exception e)
        {
            Block(name, FailedReviewReplacement, "failed", e.GetType().Name);
        }
    }

    private void Block(string name, string replacement, string outcome, string? reason)
    {
        Replacement ??= replacement;
        uses.Add(new CapabilityUse(name, outcome, reason));
    }
}
