using System.Text;
using System.Text.Json.Nodes;

namespace Vivace.Api.Tests.Fuzz;

/// <summary>Makes bodies out of valid ones; the same seed and number make the same body.</summary>
internal static class BodyMutator
{
    private static readonly string[] Valid =
    [
        """{"text":"Hi"}""",
        """{"text":"What is 2 + 2?","processing":{"mode":"fast"}}""",
        """{"text":"My name is Zoë 👩‍🚀","processing":{"mode":"default","profile":"default","reason":"r"},"channelType":"VOICE_DM"}""",
        """{"text":"Lunch?","channelType":"GROUP","clientMessageId":"m-1","processing":{}}""",
        """{"text":"Remember that \ud83c\udf89 is a party","processing":null,"extra":[1,{"a":[true,null]}]}""",
        """{"title":"T","defaultMode":"fast","muted":false}""",
    ];

    private static readonly string[] Fragments =
    [
        "null", "true", "-1", "1e999", "0.1e-7", "\"\"", "\"fast\"", "\"FAST\"", "\"\\ud83d\"", "\"\\u0000\"", "[]", "{}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "{\"a\":1,\"a\":2}", "\"\\ud83d\":1", "123456789012345678901234567890", "\"ß\\/\\b\\f\"", "\"text\":\"b\"", "// c", "'a'", "NaN", "\ufeff", "\u2028", "\\", "\"", "}", "]", ",", ":",
    ];

    public static byte[] Make(int seed, int number)
    {
        var random = new Random(HashCode.Combine(seed, number));
        var body = Valid[random.Next(Valid.Length)];
        var bytes = Encoding.UTF8.GetBytes(random.Next(3) == 0 ? MutateJson(body, random) : body);
        for (var times = random.Next(4); times > 0; times--)
        {
            bytes = MutateBytes(bytes, random);
        }

        return bytes;
    }

    private static string MutateJson(string body, Random random)
    {
        var root = JsonNode.Parse(body)!.AsObject();
        var target = random.Next(2) == 0 && root["processing"] is JsonObject processing ? processing : root;
        string[] names = ["text", "processing", "mode", "profile", "reason", "channelType", "clientMessageId", "title", "muted", "unknown", "\ud83d\ude00", ""];
        var name = names[random.Next(names.Length)];
        target[name] = random.Next(8) switch
        {
            0 => null,
            1 => random.Next(2) == 0,
            2 => random.NextDouble() * Math.Pow(10, random.Next(-300, 300)),
            3 => new JsonArray("fast", 1, null),
            4 => new JsonObject { ["mode"] = "fast", [name] = 1 },
            5 => new string((char)random.Next(0x20, 0xd7ff), random.Next(250)),
            6 => JsonNode.Parse(body),
            _ => names[random.Next(names.Length)],
        };
        return root.ToJsonString();
    }

    private static byte[] MutateBytes(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var length = random.Next(Math.Min(12, bytes.Length - at + 1));
        return random.Next(6) switch
        {
            0 => [.. bytes[..at], .. bytes[(at + length)..]],
            1 => [.. bytes[..at], .. Encoding.UTF8.GetBytes(Fragments[random.Next(Fragments.Length)]), .. bytes[(at + length)..]],
            2 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            3 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
            4 => bytes[..at],
            _ => [.. bytes.Select((b, i) => i == at ? (byte)(b ^ (1 << random.Next(8))) : b)],
        };
    }
}
