using Microsoft.Extensions.AI;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Evaluators;

/// <summary>Takes a one-sentence note on the turn for later ones, with one call of the small model.</summary>
internal sealed class ReflectionEvaluator : IPostEvaluator
{
    public const string Name = "REFLECTION";

    /// <summary>First line of the instructions, by which the demonstration model knows the task.</summary>
    public const string Task = "Task: reflection.";

    private const int MaxLength = 300;

    public EvaluatorDescriptor Evaluator { get; } = new()
    {
        Name = Name,
        Description = "Takes a note on the turn for later ones.",
        Tags = ["memory:write", "latency:high"],
        Position = 30,
        Phase = EvaluatorPhase.Post,
        Criticality = Criticality.Optional,
    };

    public async ValueTask<PostEvaluation> EvaluateAsync(PostEvaluatorContext context, CancellationToken cancellationToken)
    {
        ChatMessage[] prompt =
        [
            new(ChatRole.System, $"{Task} In one sentence, note what later replies in this conversation should take into account."),
            new(ChatRole.User, $"Message: {context.UserText}\nReply: {context.ReplyText}"),
        ];
        var response = await context.Model.GetResponseAsync(prompt, cancellationToken: cancellationToken);
        var note = response.Text.Trim();
        return PostEvaluation.Of(writer => writer.WriteString("note", note.Length > MaxLength ? note.AsSpan(0, MaxLength) : note));
    }
}
