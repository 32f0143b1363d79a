namespace Vivace.Api.Hosting;

internal static class Usage
{
    public const string Text = """
        Vivace: a conversation endpoint whose every message chooses its processing.

        Usage: Vivace.Api [--urls http://127.0.0.1:7071] [--Section:Key value ...]

        Settings, as arguments, in appsettings.json or as environment variables (Section__Key):
          Urls                         http://127.0.0.1:7071
          Storage:Path                 .vivace        database, flags.json, profiles/
          Storage:Synchronous          normal         full: a commit survives loss of power
          Processing:DefaultMode       default        or fast
          Processing:FastProfile       fast-v1        the profile of fast mode when none is named
          Models:Small:*, Models:Large:*
            Provider                   offline        or openai
            Endpoint, Model, ApiKey                   no ApiKey and UseEntra=true: Entra token
            ServiceTier                               passed to the provider
          Models:Offline:Latency       simulated      or none
          Flags:Path                   flags.json under Storage:Path
          Auth:ApiKeys:{n}:*           none           Name, Sha256, Roles:{n} (user, service, operator)
          Limits:MessagesPerMinute     6000           per owner; 0 does not limit
          Limits:FastMessagesPerMinute 3000           per owner; beyond it fast is served default
          Agent:Name, Agent:Instructions
          Safety:RulesPath                            rules in place of the built-in ones
          Logging:LogLevel:Default     Information
        """;
}
