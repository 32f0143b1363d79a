using Vivace.Client.Capabilities;
using Vivace.Client.Conversations;
using Vivace.Client.Evaluations;
using Vivace.Client.Messages;
using Vivace.Client.Profiles;
using Vivace.Client.Rollouts;
using Vivace.Client.Transport;
using Vivace.Client.Turns;

namespace Vivace.Client;

/// <summary>
/// A typed client of the conversation endpoint. It holds no connection and no state of its own, so that one instance serves
/// any number of calls at once, in a console, under Native AOT and in a browser.
/// </summary>
/// <remarks>
/// Every call fails with <see cref="Problems.VivaceProblemException"/> where the server refused it,
/// <see cref="Problems.VivaceUnreachableException"/> where no answer came, and
/// <see cref="Problems.VivaceProtocolException"/> where the answer was none of the contract.
/// </remarks>
public sealed class VivaceClient
{
    /// <param name="http">
    /// Its base address is the endpoint's; one with a path must end in a slash. Its timeout bounds calls that wait for a reply:
    /// a turn may last 120 s in default mode. Streams are bounded by <see cref="VivaceClientOptions"/> alone. Not disposed.
    /// </param>
    /// <param name="options">Who calls, and how patient streams are.</param>
    /// <param name="time">Paces reconnection.</param>
    /// <exception cref="ArgumentException">There is no base address, or the key or user cannot stand in a header.</exception>
    public VivaceClient(HttpClient http, VivaceClientOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (http.BaseAddress is null)
        {
            throw new ArgumentException("The HttpClient needs a base address.", nameof(http));
        }

        var transport = new VivaceHttp(http, options, time);
        Conversations = new ConversationsClient(transport);
        Messages = new MessagesClient(transport);
        Turns = new TurnsClient(transport);
        Evaluations = new EvaluationsClient(transport);
        Capabilities = new CapabilitiesClient(transport);
        Profiles = new ProfilesClient(transport);
        Rollouts = new RolloutsClient(transport);
    }

    /// <summary>Making, reading, changing and deleting conversations.</summary>
    public ConversationsClient Conversations { get; }

    /// <summary>Saying something, as one call or as a stream, and the history.</summary>
    public MessagesClient Messages { get; }

    /// <summary>What a turn did, cancelling it, and coming back to its stream.</summary>
    public TurnsClient Turns { get; }

    /// <summary>Where evaluations stand, and the dead ones; for operators.</summary>
    public EvaluationsClient Evaluations { get; }

    /// <summary>What the server accepts.</summary>
    public CapabilitiesClient Capabilities { get; }

    /// <summary>The server's profiles.</summary>
    public ProfilesClient Profiles { get; }

    /// <summary>The rollout of fast mode; for operators.</summary>
    public RolloutsClient Rollouts { get; }
}
