using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Runtime.Storage;
using Vivace.Sqlite;
using Vivace.Testing.Hosting;
using Vivace.Testing.Http;
using Vivace.Testing.OpenAi;

namespace Vivace.Api.Tests.Turns;

/// <summary>An application whose writes of turns a test sees and has fail, and a conversation in it.</summary>
internal sealed class RecordedDeployment : IAsyncDisposable
{
    private RecordedDeployment(VivaceHost host, Conversation conversation)
    {
        Host = host;
        Conversation = conversation;
        Turns = (TurnStoreInTest)host.Services.GetRequiredService<ITurnStore>();
    }

    public VivaceHost Host { get; }

    public Conversation Conversation { get; }

    public TurnStoreInTest Turns { get; }

    /// <param name="model">Null: the demonstration, which answers at once.</param>
    public static async Task<RecordedDeployment> StartAsync(OpenAiStandIn? model = null, Action<IServiceCollection>? configure = null)
    {
        var host = await VivaceHost.StartAsync(new VivaceSetup
        {
            Settings = model?.Settings ?? [],
            Configure = services =>
            {
                services.AddSingleton<ITurnStore>(provider => new TurnStoreInTest(provider.GetRequiredService<SqliteStore>().Turns));
                configure?.Invoke(services);
            },
        });
        return new RecordedDeployment(host, await host.Client.ConverseAsync());
    }

    /// <summary>Rows of turns, messages and evaluations, whoever they belong to.</summary>
    public long CountRows()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Host.Folder, "vivace.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT COUNT(*) FROM turns) + (SELECT COUNT(*) FROM messages) + (SELECT COUNT(*) FROM evaluations)";
        return (long)command.ExecuteScalar()!;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
