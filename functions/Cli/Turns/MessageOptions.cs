using System.CommandLine;
using Vivace.Contracts.Messages;
using Vivace.Contracts.Processing;
using Vivace.Contracts.Validation;

namespace Vivace.Cli.Turns;

/// <summary>The options of commands that say something.</summary>
internal sealed class MessageOptions
{
    private const int ReasonLength = 200;

    public MessageOptions()
    {
        Mode.AcceptOnlyFromAmong("default", "fast");
        Profile.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !ProfileName.IsValid(name))
            {
                result.AddError("--profile must match [a-z0-9][a-z0-9-]{0,63}.");
            }
        });
        Reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>()?.Length > ReasonLength)
            {
                result.AddError($"--reason has at most {ReasonLength} characters.");
            }
        });
    }

    public Option<string?> Mode { get; } = new("--mode")
    {
        Description = "How to process the message; without it the conversation's default applies, then the server's",
    };

    public Option<string?> Profile { get; } = new("--profile")
    {
        HelpName = "name",
        Description = "A profile (see: vivace profiles); alone it selects the mode that it declares",
    };

    public Option<string?> Reason { get; } = new("--reason")
    {
        HelpName = "text",
        Description = "Why, for people who read turns later; at most 200 characters",
    };

    public Option<string?> Conversation { get; } = new("--conversation")
    {
        HelpName = "id",
        Description = "Go on with this conversation; without it a new one is made",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Mode);
        command.Options.Add(Profile);
        command.Options.Add(Reason);
        command.Options.Add(Conversation);
    }

    /// <summary>A message with what the options ask for.</summary>
    /// <param name="mode">Goes before <c>--mode</c>; null leaves it to that.</param>
    public SendMessageRequest Message(ParseResult parsed, string text, ProcessingMode? mode = null)
    {
        var processing = new ProcessingRequest
        {
            Mode = mode ?? ModeOf(parsed.GetValue(Mode)),
            Profile = parsed.GetValue(Profile),
            Reason = parsed.GetValue(Reason),
        };
        return new SendMessageRequest { Text = text, Processing = processing == new ProcessingRequest() ? null : processing };
    }

    private static ProcessingMode? ModeOf(string? name) => name switch
    {
        null => null,
        "fast" => ProcessingMode.Fast,
        _ => ProcessingMode.Default,
    };
}
