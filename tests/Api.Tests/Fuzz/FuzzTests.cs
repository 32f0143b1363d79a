using System.Globalization;
using System.Text.Json;
using Vivace.Api.Tests.BadInput;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Xunit.Abstractions;

namespace Vivace.Api.Tests.Fuzz;

public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Connections = 8;

    private static readonly int Count = Release.Size(5_000, 200_000);

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("VIVACE_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();

    [Fact]
    public async Task No_body_makes_the_server_fail()
    {
        await using var host = await VivaceHost.StartAsync("Limits:MessagesPerMinute=0", "Limits:FastMessagesPerMinute=0");
        var conversations = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => host.Client.ConverseAsync()));
        var statuses = new int[600];
        await Parallel.ForEachAsync(Enumerable.Range(0, Connections), async (lane, _) =>
        {
            for (var number = lane; number < Count; number += Connections)
            {
                var answer = await SendAsync(host.Client, conversations[lane], number);
                Interlocked.Increment(ref statuses[answer.Status]);
            }
        });
        output.WriteLine($"VIVACE_SEED={Seed}: " + string.Join(", ", statuses.Index().Where(s => s.Item > 0).Select(s => $"{s.Index}: {s.Item}")));
        Assert.True(statuses[200] > Count / 20 && statuses[400] > Count / 20, "The bodies are not a mixture of good and bad ones.");
        Assert.Equal(200, (await conversations[0].SayAsync("Still there?")).Status);
        Assert.Equal(200, (await host.Client.GetAsync("/health/ready")).Status);
    }

    private static async Task<Answer> SendAsync(VivaceClient client, Conversation conversation, int number)
    {
        var body = BodyMutator.Make(Seed, number);
        var (method, path) = (number % 10) switch
        {
            0 => (HttpMethod.Post, "/api/conversations"),
            1 => (HttpMethod.Patch, conversation.Path),
            2 or 3 => (HttpMethod.Post, $"{conversation.Path}/messages/stream"),
            _ => (HttpMethod.Post, $"{conversation.Path}/messages"),
        };
        var answer = await client.SendAsync(method, path, VivaceClient.Json(body));
        try
        {
            Check(answer, body);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"VIVACE_SEED={Seed}, number {number}, {method} {path}, body {Convert.ToBase64String(body)}: {answer}", e);
        }

        return answer;
    }

    private static void Check(Answer answer, byte[] body)
    {
        Assert.Contains(answer.Status, new[] { 200, 201, 400, 409, 422 });
        if (answer.Status >= 400)
        {
            answer.AssertProblem(answer.Status);
        }
        else
        {
            Assert.True(body.Length == 0 || IsJson(body), "The body is no JSON and was accepted.");
        }
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
