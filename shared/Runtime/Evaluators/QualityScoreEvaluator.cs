using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Vivace.Runtime.Capabilities;

namespace Vivace.Runtime.Evaluators;

/// <summary>Scores the reply from 0 to 100 with one call of the small model, the same judge in both modes.</summary>
internal sealed partial class QualityScoreEvaluator : IPostEvaluator
{
    /// <summary>First line of the instructions, by which the demonstration model knows the task.</summary>
    public const string Task = "Task: quality score.";

    public EvaluatorDescriptor Evaluator { get; } = new()
    {
        Name = QualityScore.Evaluator,
        Description = "Scores the reply from 0 to 100.",
        Tags = ["analytics", "latency:high"],
        Position = 40,
        Phase = EvaluatorPhase.Post,
        Criticality = Criticality.Optional,
    };

    public async ValueTask<PostEvaluation> EvaluateAsync(PostEvaluatorContext context, CancellationToken cancellationToken)
    {
        ChatMessage[] prompt =
        [
            new(ChatRole.System, $"{Task} Score how well the reply answers the message. Answer with one integer from 0 (useless) to 100 (perfect) and nothing else."),
            new(ChatRole.User, $"Message: {context.UserText}\nReply: {context.ReplyText}"),
        ];
        var response = await context.Model.GetResponseAsync(prompt, cancellationToken: cancellationToken);
        var match = Score().Match(response.Text);
        return match.Success && int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) is var score and <= 100
            ? PostEvaluation.Of(writer => writer.WriteNumber(QualityScore.Member, score))
            : throw new FormatException("The judge gave no score from 0 to 100.");
    }

    [GeneratedRegex(@"\b\d{1,3}\b")]
    private static partial Regex Score();
}
