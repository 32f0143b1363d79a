namespace Vivace.Api.Triggers;

/// <summary>A timer that is due.</summary>
/// <param name="IsPastDue">Whether it is late, such as after the application was off.</param>
/// <param name="Next">When it is due again; null when the host does not say.</param>
internal sealed record TimerCall(bool IsPastDue, DateTimeOffset? Next);
