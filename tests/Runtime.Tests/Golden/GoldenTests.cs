using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Vivace.Contracts.Validation;
using Vivace.Runtime.Tests.Drivers;

namespace Vivace.Runtime.Tests.Golden;

public sealed partial class GoldenTests
{
    private static readonly string[] Bodies =
    [
        """{"text":"Hi, my name is Ana"}""",
        """{"text":"Hi, my name is Ana","processing":{}}""",
        """{"text":"Hi, my name is Ana","processing":null}""",
        """{"text":"Hi, my name is Ana","processing":{"mode":"default"}}""",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_asks_for_default_or_nothing_gets_what_one_that_never_heard_of_it_gets(bool streamed)
    {
        foreach (var body in Bodies)
        {
            var (requests, rows, reply) = await RunAsync(body, streamed);

            Golden.AssertEqual("default-requests", requests, replaceStreamed: true);
            Golden.AssertEqual("default-rows", rows, replaceStreamed: true);
            Assert.Equal("Hello, Ana.", reply);
        }
    }

    [Fact]
    public async Task A_fast_message_sends_the_short_prompt_once()
    {
        var (requests, rows, _) = await RunAsync("""{"text":"Hi, my name is Ana","processing":{"mode":"fast"}}""", streamed: false);

        Golden.AssertEqual("fast-requests", requests, replaceStreamed: true);
        Golden.AssertEqual("fast-rows", rows, replaceStreamed: true);
    }

    private static async Task<(string Requests, string Rows, string Reply)> RunAsync(string body, bool streamed)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        using var model = new ScriptedModel("any", request => ScriptedAnswer.For(request, "Hello, Ana."));
        await using var app = new TestApp(model, model, services => services.AddSingleton<TimeProvider>(time));
        var conversation = await app.ConverseAsync();
        await app.SayAsync(conversation, MessageBody.Parse("""{"text":"Before."}"""u8.ToArray()).Value!, streamed);
        var before = model.Requests.Count;

        var result = await app.SayAsync(conversation, MessageBody.Parse(Encoding.UTF8.GetBytes(body)).Value!, streamed);

        var requests = string.Join("\n", model.Requests.Skip(before).Select(Describe));
        return (requests, Rows(Path.Combine(app.Folder, "vivace.db")), result.Text);
    }

    private static string Describe(ModelRequest request)
    {
        var text = new StringBuilder().Append("REQUEST to ").Append(request.Options?.ModelId).Append(", streamed ").Append(request.Streamed)
            .Append(", tools ").AppendJoin(' ', request.Tools).Append(", max ").Append(request.Options?.MaxOutputTokens).Append('\n');
        foreach (var message in request.Messages)
        {
            text.Append(message.Role).Append(": ").AppendJoin(" | ", message.Contents.Select(c => c is TextContent t ? t.Text : c.GetType().Name)).Append('\n');
        }

        return text.ToString();
    }

    private static string Rows(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly");
        connection.Open();
        var dump = new StringBuilder();
        foreach (var table in new[] { "conversations", "messages", "turns", "idempotency", "facts", "evaluations" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} ORDER BY {(table is "messages" or "turns" or "evaluations" ? "number, 2" : "1, 2, 3")}";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                dump.Append(table).Append(": ");
                dump.AppendJoin(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetName(i)}={reader.GetValue(i)}")).Append('\n');
            }
        }

        var text = Ids().Replace(dump.ToString(), "<id>");
        text = Times().Replace(text, "<time>");
        text = Timings().Replace(text, "<timings>");
        return DecidedBy().Replace(text, "<decided>");
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Ids();

    [GeneratedRegex("1767[0-9]{9}")]
    private static partial Regex Times();

    [GeneratedRegex("\"timings\":\\{.*?\\}\\}")]
    private static partial Regex Timings();

    /// <summary>Of <c>processing</c>, who decided is the one member that may differ.</summary>
    [GeneratedRegex("\"decidedBy\":\"(message|application)\"")]
    private static partial Regex DecidedBy();
}
