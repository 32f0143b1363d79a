using Microsoft.Data.Sqlite;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;

namespace Vivace.Api.Tests.Turns;

/// <summary>A turn that another version of the program has written down.</summary>
public sealed class OtherVersionTests
{
    [Fact]
    public async Task A_report_with_words_that_are_not_known_still_says_how_the_turn_was_served()
    {
        await using var host = await VivaceHost.StartAsync();
        var conversation = await host.Client.ConverseAsync();
        var turn = (await conversation.SayAsync("Hello", Said.Fast))["turnId"];
        Assert.Equal(1, Rewrite(host, turn!, "\"decidedBy\":\"message\"", "\"decidedBy\":\"oracle\""));
        var answer = await conversation.TurnAsync(turn);
        Assert.Equal(200, answer.Status);
        Assert.Equal(("done", "fast", "fast-v1"), (answer["status"], answer["processing.effective.mode"], answer["processing.effective.profile"]));
    }

    private static int Rewrite(VivaceHost host, string turn, string word, string by)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.Folder, "vivace.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE turns SET processing = replace(processing, $word, $by) WHERE id = $turn AND instr(processing, $word) > 0";
        command.Parameters.AddWithValue("$word", word);
        command.Parameters.AddWithValue("$by", by);
        command.Parameters.AddWithValue("$turn", turn);
        return command.ExecuteNonQuery();
    }
}
