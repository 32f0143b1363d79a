using System.Text.Json;
using Vivace.Contracts;
using Vivace.Contracts.Processing;

namespace Vivace.Runtime.Storage;

/// <summary>The form in which a turn's report is stored.</summary>
public static class StoredReport
{
    /// <summary>What a message asked for while the contract flag is off is reported to its sender and stored nowhere.</summary>
    public static string Write(ProcessingReport report)
    {
        var stored = report.Reason == FallbackReason.ContractFlagOff
            ? report with { Requested = new RequestedProcessing(ProcessingMode.Default), DecidedBy = DecidedBy.Application, Reason = null }
            : report;
        return WireJson.ToText(stored, ContractsJson.Default.ProcessingReport);
    }

    /// <summary>
    /// The report; where another version of the program wrote words that this one does not know, what it says of how the turn
    /// was served, and nothing else.
    /// </summary>
    /// <exception cref="JsonException">It is no report of any version.</exception>
    public static ProcessingReport Read(string stored)
    {
        try
        {
            return JsonSerializer.Deserialize(stored, WireJson.Context.ProcessingReport) ?? throw new JsonException("A report is missing.");
        }
        catch (JsonException)
        {
            return ReadEffective(stored);
        }
    }

    private static ProcessingReport ReadEffective(string stored)
    {
        using var document = JsonDocument.Parse(stored);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("effective", out var effective) || effective.ValueKind != JsonValueKind.Object
            || !effective.TryGetProperty("profile", out var profile) || profile.ValueKind != JsonValueKind.String)
        {
            throw new JsonException("A report does not say how its turn was served.");
        }

        var mode = effective.TryGetProperty("mode", out var word) && word.ValueKind == JsonValueKind.String && word.ValueEquals("fast") ? ProcessingMode.Fast : ProcessingMode.Default;
        return new ProcessingReport
        {
            Requested = new RequestedProcessing(mode),
            Effective = new EffectiveProcessing(mode, profile.GetString()!),
            DecidedBy = DecidedBy.Application,
            Arm = RolloutArm.None,
            FlagVersion = "",
            Path = "local",
        };
    }
}
