namespace Vivace.Api.Hosting;

internal static class Usage
{
    public const string Text = """
        Vivace: a conversation endpoint whose every message chooses its processing.

        Usage: Vivace.Api [--urls http://127.0.0.1:7071] [--Section:Key value ...]
               Vivace.Api --help | --version

        Settings, as arguments, in appsettings.json or as environment variables (Section__Key):
          Urls                         http://127.0.0.1:7071
          Storage:Path                 .vivace        database, flags.json, profiles/, rollouts/
          Storage:Synchronous          normal         full: a commit survives loss of power
          Processing:DefaultMode       default        or fast
          Processing:FastProfile       fast-v1        the profile of fast mode when none is named
          Models:Small:*, Models:Large:*
            Provider                   offline        or openai
            Endpoint, Model, ApiKey                   no ApiKey and UseEntra=true: Entra token
            ServiceTier                               passed to the provider
          Models:Offline:Latency       simulated      or none
          Flags:Path                   flags.json under Storage:Path
          Flags:MaxAgeSeconds          60             an unreadable file keeps its last content in force for so long
          AppConfiguration:ConnectionString           of a store that holds flags and profiles in place of the file
          AppConfiguration:Endpoint                   https://NAME.azconfig.io, entered with an Entra token
          AppConfiguration:RefreshSeconds  10         seconds between two looks, from 1
          AppConfiguration:MaxAgeSeconds   60         six refreshes, at least 60: older flags count as off
          AppConfiguration:ApiVersion      2023-11-01
          AppConfiguration:Label                      of the key-values that count; none: those without one
          Auth:ApiKeys:{n}:*           none           Name, Sha256, Roles:{n} (user, service, operator),
                                                      Groups:{n} (for the allocation "group" of flags)
          Limits:MessagesPerMinute     6000           per owner; 0 does not limit
          Limits:FastMessagesPerMinute 3000           per owner; beyond it fast is served default
          ServiceBus:ConnectionString                 of a namespace or emulator, also as ServiceBus; none: embedded
          ServiceBus:Namespace                        fully qualified (also ServiceBus:FullyQualifiedNamespace), entered
                                                      with an Entra token
          ServiceBus:Embedded:Port     5672           else a free one; 0: any free one
          ServiceBus:Embedded:Queues:{n}:*            further queues: Name, RequiresSession, RequiresDuplicateDetection,
                                                      MaxDeliveryCount, LockDuration, DefaultMessageTimeToLive,
                                                      DeadLetteringOnMessageExpiration
          Streams:Shards               1              queues over which streamed text is spread
          Streams:CoalesceMilliseconds 30             text is gathered for so long before it is sent, doubling up to
          Streams:MaxCoalesceMilliseconds 500         this while the stream lasts; the first of it goes at once
          Streams:ConnectionSeconds    215            then a stream's client is asked to come again
          Turns:Run                    true           false: takes no work from the queues, accepts and relays only
          Turns:MaxConcurrent          4096           streamed turns that this process runs at once
          Turns:HandOverSeconds        30             after its deadline, and its inline evaluators', to another process
          Turns:ResendSeconds          10             until a turn that nobody has begun is sent again
          Turns:SweepSeconds           5              between looks for what is to be sent again
          Evaluations:ResendSeconds    120            until the message of a deferred evaluation is sent again
          Evaluations:RetrySeconds     1              until a failed one is tried again, four times as long each time
          Rollouts:FlushSeconds        5              over which this process gathers what it measured of a rollout
          Rollouts:ReconcileSeconds    5              between two judgements of a rollout
          Rollouts:ProbeFreshMinutes   15             for so long a recorded probe lets a rollout start
          Agent:Name, Agent:Instructions
          Safety:RulesPath                            rules in place of the built-in ones
          Logging:LogLevel:Default     Information
        """;
}
