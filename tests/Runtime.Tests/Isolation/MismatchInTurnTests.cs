using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Turns;
using Vivace.Runtime.Actions;
using Vivace.Runtime.Capabilities;
using Vivace.Runtime.Models;
using Vivace.Runtime.Tests.Drivers;
using Vivace.Runtime.Turns;

namespace Vivace.Runtime.Tests.Isolation;

public sealed class MismatchInTurnTests
{
    [Theory]
    [InlineData(ProcessingMode.Fast, false)]
    [InlineData(ProcessingMode.Fast, true)]
    [InlineData(ProcessingMode.Default, false)]
    [InlineData(ProcessingMode.Default, true)]
    public async Task An_action_that_calls_with_a_lost_or_foreign_scope_fails_the_turn(ProcessingMode mode, bool streamed)
    {
        foreach (var foreign in new[] { false, true })
        {
            using var model = new ScriptedModel("any", _ => ScriptedAnswer.Call(StrayAction.Name));
            await using var app = new TestApp(model, model, services => services.AddSingleton<ICapability>(provider => new StrayAction(provider, foreign)));
            Directory.CreateDirectory(Path.Combine(app.Folder, "profiles"));
            var json = $$"""{ "profile": "stray", "mode": "{{(mode == ProcessingMode.Fast ? "fast" : "default")}}", "generation": { "maxModelCalls": {{(mode == ProcessingMode.Fast ? 1 : 4)}}, "retries": 0 } }""";
            await File.WriteAllTextAsync(Path.Combine(app.Folder, "profiles", "stray.json"), json);

            var request = new SendMessageRequest { Text = "Hi", Processing = new ProcessingRequest { Profile = "stray" } };
            var result = await app.SayAsync(await app.ConverseAsync(), request, streamed);

            Assert.Equal((TurnStatus.Failed, TurnFailure.Mismatch), (result.Status, result.Failure));
            Assert.Single(model.Requests);
        }
    }

    private sealed class StrayAction(IServiceProvider services, bool foreign) : IAgentAction
    {
        public const string Name = "STRAY";

        public CapabilityDescriptor Descriptor { get; } = new() { Name = Name, Description = "Calls with the wrong routing.", Tags = ["test"] };

        public JsonElement Parameters => JsonSchemas.Nothing;

        public async ValueTask<ActionOutcome> InvokeAsync(ActionContext context, CancellationToken cancellationToken)
        {
            var other = new ModelRouting { TurnId = "another", Mode = ProcessingMode.Fast, Profile = "p", MaxSize = ModelSize.Small };
            using var scope = ModelRoutingScope.Begin(foreign ? other : null!);
            await services.GetRequiredService<IChatClient>().GetResponseAsync([new ChatMessage(ChatRole.User, "Hi")], cancellationToken: cancellationToken);
            return new ActionOutcome("never");
        }
    }
}
