using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Models.Offline;

/// <summary>What the demonstration model answers: words, or a call of an action.</summary>
internal sealed record OfflineAnswer(string Text, FunctionCallContent? Call = null);
