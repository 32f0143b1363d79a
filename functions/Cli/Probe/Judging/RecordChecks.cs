using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;

namespace Vivace.Cli.Probe.Judging;

/// <summary>What is stored of a turn is what was shown.</summary>
internal static class RecordChecks
{
    public static void Judge(Findings findings, ConversationObservation conversation, TurnObservation turn)
    {
        if (conversation.History is { } history)
        {
            var messages = history.Where(m => m.TurnId == turn.TurnId).ToLookup(m => m.Role, m => m.Text);
            findings.Equal("history has what was said", conversation, turn, turn.Turn.Text, Join(messages["user"]));
            findings.Equal("history has the reply", conversation, turn, turn.Text, string.Concat(messages["assistant"]));
        }

        if (turn.Record is not { } record)
        {
            return;
        }

        var report = turn.Report!;
        findings.Equal("turn is done", conversation, turn, Output.ProcessingText.Wire(TurnStatus.Done), Output.ProcessingText.Wire(record.Status));
        findings.Equal("turn record has the reply", conversation, turn, turn.Text, record.Text);
        findings.Equal("turn record of the conversation", conversation, turn, conversation.Created.Id, record.ConversationId);

        // While the contract flag is off, what was asked for is told to the sender and stored nowhere.
        var stored = record.Processing;
        findings.Equal(
            "turn record as reported", conversation, turn,
            report.Reason == FallbackReason.ContractFlagOff ? Served(report) : $"{Served(report)}, {ExpectedProcessing.Describe(report)}",
            report.Reason == FallbackReason.ContractFlagOff ? Served(stored) : $"{Served(stored)}, {ExpectedProcessing.Describe(stored)}");
    }

    private static string Served(ProcessingReport report)
        => $"profile {report.Effective.Profile}, flags {report.FlagVersion}, models {string.Join(' ', report.Models.Select(m => m.Requested))}";

    private static string Join(IEnumerable<string> texts) => string.Join(" | ", texts);
}
