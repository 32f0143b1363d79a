using System.Text.Json.Serialization;
using Vivace.Contracts;

namespace Vivace.Runtime.Models;

/// <summary>The two sizes of text model that an application has, in ascending order.</summary>
[JsonConverter(typeof(WireEnumConverter<ModelSize>))]
public enum ModelSize
{
    /// <summary>Quick and cheap.</summary>
    Small,

    /// <summary>The better answer.</summary>
    Large,
}
