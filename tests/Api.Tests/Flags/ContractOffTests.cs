using System.Text;
using Microsoft.Data.Sqlite;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Flags;

/// <summary>With the contract flag off what a message asks for is told to its sender, and written down nowhere.</summary>
public sealed class ContractOffTests
{
    private const string Asked = """{"mode":"fast","profile":"named-nowhere","reason":"written-nowhere"}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_asked_for_is_in_a_row_only_while_the_contract_is_on_and_never_in_a_queue(bool contract)
    {
        // Without workers: the message of the streamed turn stays in its queue.
        await using var host = await VivaceHost.StartAsync(new VivaceSetup
        {
            Settings = ["Turns:Run=false"],
            Files = new Dictionary<string, string> { ["flags.json"] = Flags(contract) },
        });
        var conversation = await host.Client.ConverseAsync();
        var reply = await conversation.SayAsync("Hi", Asked);
        Assert.Equal(("fast", "named-nowhere", "written-nowhere", "default"), (
            reply["processing.requested.mode"], reply["processing.requested.profile"], reply["processing.requested.reason"], reply["processing.effective.mode"]));
        await using var stream = await conversation.OpenStreamAsync(new Said("Hi", Asked));
        var streamed = (await stream.NextAsync())!["turnId"]!;

        var rows = Reports(host);
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(contract, row.Contains("\"fast\"", StringComparison.Ordinal)));
        await Eventually.TrueAsync(() => Holds(host, "broker.db*", streamed));
        Assert.Equal((contract, false), (Holds(host, "vivace.db*", "written-nowhere"), Holds(host, "broker.db*", "written-nowhere")));
        Assert.Equal((contract, false), (Holds(host, "vivace.db*", "named-nowhere"), Holds(host, "broker.db*", "named-nowhere")));
    }

    private static List<string> Reports(VivaceHost host)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "vivace.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT processing FROM turns";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>Whether a database or its log holds the text, in whatever row or page.</summary>
    private static bool Holds(VivaceHost host, string files, string text)
        => Directory.EnumerateFiles(host.Folder, files).Any(file => Read(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string Flags(bool contract) => $$"""
        {
          "feature_management": {
            "feature_flags": [
              { "id": "fast-mode-contract", "enabled": {{(contract ? "true" : "false")}} },
              { "id": "fast-mode-runtime", "enabled": true }
            ]
          }
        }
        """;
}
