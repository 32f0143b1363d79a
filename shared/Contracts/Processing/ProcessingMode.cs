using System.Text.Json.Serialization;

namespace Vivace.Contracts.Processing;

/// <summary>How one message is processed. On the wire: <c>"default"</c> or <c>"fast"</c>, case-sensitive.</summary>
[JsonConverter(typeof(WireEnumConverter<ProcessingMode>))]
public enum ProcessingMode
{
    /// <summary>Large model, every capability, evaluators before the reply is complete.</summary>
    Default,

    /// <summary>Small model, strict allow-lists, one model call, evaluators that are not critical deferred.</summary>
    Fast,
}
