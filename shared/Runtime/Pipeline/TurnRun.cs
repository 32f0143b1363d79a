using System.Diagnostics;
using Microsoft.Extensions.AI;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Evaluations;
using Vivace.Runtime.Models;
using Vivace.Runtime.Replies;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Pipeline;

/// <summary>The working state of one turn, handed from stage to stage; never shared between turns.</summary>
internal sealed class TurnRun(TurnContext turn, Activity activity, IReplySink? sink, IChatClient models, Func<Task> beforeActing) : IDisposable
{
    public TurnContext Turn { get; } = turn;

    /// <summary>The turn's activity, to be restored where a library has lost it.</summary>
    public Activity Activity { get; } = activity;

    /// <summary>Awaited before an action that may have an effect.</summary>
    public Func<Task> BeforeActing { get; } = beforeActing;

    /// <summary>What an action threw that must end the turn; the function loop would swallow it.</summary>
    public Exception? Fault { get; set; }

    /// <summary>A client bound to the turn, small unless the call says otherwise.</summary>
    public IChatClient Model { get; } = new BoundChatClient(models, turn.Routing, ModelSize.Small);

    public ReplyGate Gate { get; } = new(turn, sink);

    /// <summary>The message, as evaluators left it.</summary>
    public string Text { get; set; } = turn.Options.Text;

    /// <summary>Set when a stage has decided the turn, so that the stages after it do nothing.</summary>
    public TurnEnd? End { get; set; }

    public List<ChatMessage> Prompt { get; } = [];

    /// <summary>The actions shown to the model.</summary>
    public IReadOnlyList<IAgentAction> Shown { get; set; } = [];

    /// <summary>What became of each call that the model made.</summary>
    public List<ExecutedAction> Executed { get; } = [];

    /// <summary>Calls that the model made, from the content of its responses.</summary>
    public List<FunctionCallContent> Called { get; } = [];

    public Findings<CapabilityUse> Providers { get; } = new();

    public Findings<CapabilityUse> PreEvaluators { get; } = new();

    public Findings<CapabilityUse> Actions { get; } = new();

    public Findings<EvaluationRecord> Evaluations { get; } = new();

    public Dictionary<string, double> StageMs { get; } = new(6, StringComparer.Ordinal);

    public void Dispose() => Model.Dispose();
}
