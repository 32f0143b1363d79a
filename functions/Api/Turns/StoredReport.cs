using System.Text.Json;
using Vivace.Contracts;
using Vivace.Contracts.Processing;

namespace Vivace.Api.Turns;

/// <summary>The form in which a turn's report is stored.</summary>
internal static class StoredReport
{
    /// <summary>What a message asked for while the contract flag is off is reported to its sender and stored nowhere.</summary>
    public static string Write(ProcessingReport report)
    {
        var stored = report.Reason == FallbackReason.ContractFlagOff
            ? report with { Requested = new RequestedProcessing(ProcessingMode.Default), DecidedBy = DecidedBy.Application, Reason = null }
            : report;
        return WireJson.ToText(stored, ContractsJson.Default.ProcessingReport);
    }

    public static ProcessingReport Read(string stored) => JsonSerializer.Deserialize(stored, WireJson.Context.ProcessingReport)!;
}
