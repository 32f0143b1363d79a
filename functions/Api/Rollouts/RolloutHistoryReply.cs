using Vivace.Rollouts.Auditing;

namespace Vivace.Api.Rollouts;

/// <summary>Reply of <c>GET /api/rollouts/{name}/history</c>, oldest first.</summary>
/// <param name="Lines">Lines of the audit log as they are stored, to the byte.</param>
/// <param name="Head">The last entry of the whole log.</param>
internal sealed record RolloutHistoryReply(IReadOnlyList<string> Lines, AuditHead Head);
