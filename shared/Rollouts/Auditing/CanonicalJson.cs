using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vivace.Rollouts.Plans;

namespace Vivace.Rollouts.Auditing;

/// <summary>
/// The one form in which a value is hashed: members in the order of their declaration, no white space, text outside ASCII
/// escaped, numbers in their shortest form that reads back the same.
/// </summary>
internal static class CanonicalJson
{
    public static string HashOf(RolloutPlan plan) => HashOf(plan, RolloutsJson.Default.RolloutPlan);

    /// <summary>The hash of an entry, whatever hash it holds.</summary>
    public static string HashOf(AuditEntry entry) => HashOf(entry with { Hash = null }, RolloutsJson.Default.AuditEntry);

    public static string Write(AuditEntry entry) => JsonSerializer.Serialize(entry, RolloutsJson.Default.AuditEntry);

    public static string Write(AuditRecord record) => JsonSerializer.Serialize(record, RolloutsJson.Default.AuditRecord);

    private static string HashOf<T>(T value, JsonTypeInfo<T> type)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value, type))));
}
