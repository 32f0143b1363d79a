using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vivace.Contracts;

/// <summary>Writes an enum as its kebab-case name (<c>ContractFlag</c> is <c>"contract-flag"</c>); numbers are refused.</summary>
public sealed class WireEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
