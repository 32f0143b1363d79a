using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Cli.Drill;

/// <summary>What a drill does to turns that are served fast; header <c>X-Vivace-Drill</c>.</summary>
[JsonConverter(typeof(WireEnumConverter<DrillFault>))]
internal enum DrillFault
{
    /// <summary>They fail.</summary>
    Error,

    /// <summary>Their first chunk comes later than promised.</summary>
    Latency,
}
