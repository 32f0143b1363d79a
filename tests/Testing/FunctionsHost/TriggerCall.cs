using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vivace.Testing.FunctionsHost;

/// <summary>What the Functions host posts for a trigger; strings and numbers encoded as it was recorded to do.</summary>
public static class TriggerCall
{
    public const string Timer = """
        {"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Next":"2026-11-23T20:40:00+00:00"},"IsPastDue":false}},"Metadata":{"sys":{}}}
        """;

    /// <summary>One message under dataType binary.</summary>
    public static string Message(string body) => Message(Encoding.UTF8.GetBytes(body));

    public static string Message(byte[] body) => new JsonObject
    {
        ["Data"] = new JsonObject { ["message"] = Convert.ToBase64String(body) },
        ["Metadata"] = new JsonObject
        {
            ["MessageId"] = JsonSerializer.Serialize("m-1"),
            ["DeliveryCount"] = "1",
            ["SequenceNumber"] = "42",
            ["EnqueuedTimeUtc"] = "2026-11-23T20:00:01",
            ["ApplicationProperties"] = new JsonObject(),
        },
    }.ToJsonString();
}
