using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Rollouts.Plans;

/// <summary>How far a rollback goes.</summary>
[JsonConverter(typeof(WireEnumConverter<RollbackKind>))]
public enum RollbackKind
{
    /// <summary>The runtime flag is switched off: requests for fast are accepted and served default.</summary>
    Soft,

    /// <summary>The contract flag too: <c>processing</c> is no longer honoured at all.</summary>
    Hard,
}
