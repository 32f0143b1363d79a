using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vivace.ServiceBus;

namespace Vivace.Api.Bus;

/// <summary>The one form in which work travels: JSON, with the trace it belongs to.</summary>
internal static class BusMessages
{
    /// <summary>The property in which Azure's libraries carry a W3C traceparent.</summary>
    private const string TraceParent = "Diagnostic-Id";

    public static ServiceBusMessage Write<T>(T body, JsonTypeInfo<T> type)
    {
        var message = new ServiceBusMessage(JsonSerializer.SerializeToUtf8Bytes(body, type)) { ContentType = "application/json" };
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } parent })
        {
            message.ApplicationProperties[TraceParent] = parent;
        }

        return message;
    }

    /// <summary>The body, or null when it is none of that kind: such a message can never be handled.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Continues the trace of a received message.</summary>
    public static Activity? Continue(string name, IReadOnlyDictionary<string, object> properties)
    {
        if (properties.GetValueOrDefault(TraceParent) is not string parent || !ActivityContext.TryParse(parent, null, isRemote: true, out var context))
        {
            return null;
        }

        return new Activity(name).SetParentId(context.TraceId, context.SpanId, context.TraceFlags).Start();
    }
}
