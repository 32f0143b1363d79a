using Vivace.Contracts.Processing;
using Vivace.Runtime.Models;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Profiles;

namespace Vivace.Runtime.Turns;

/// <summary>Everything that a turn's stages may read, resolved once at the pipeline's entry. Immutable.</summary>
public sealed record TurnContext
{
    private TurnContext(RuntimeCallOptions options, ModelRouting routing, long startedTimestamp, long begunTimestamp)
    {
        Options = options;
        Routing = routing;
        StartedTimestamp = startedTimestamp;
        BegunTimestamp = begunTimestamp;
    }

    /// <summary>What the entry said of the message.</summary>
    public RuntimeCallOptions Options { get; }

    /// <summary>The effective profile.</summary>
    public ResolvedProfile Profile => Options.Processing.Profile;

    /// <summary>The effective mode.</summary>
    public ProcessingMode Mode => Profile.Options.Mode;

    /// <summary>How the turn's model calls are routed.</summary>
    public ModelRouting Routing { get; }

    /// <summary>When the turn was accepted, in the time provider's timestamps.</summary>
    public long StartedTimestamp { get; }

    /// <summary>When this attempt at it began; its deadline counts from here.</summary>
    public long BegunTimestamp { get; }

    /// <summary>Resolves a call once.</summary>
    /// <param name="begunTimestamp">When the attempt began; null: with the acceptance.</param>
    /// <exception cref="ArgumentException">The room or the owner is missing: there is no default.</exception>
    public static TurnContext Create(RuntimeCallOptions options, long startedTimestamp, long? begunTimestamp = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(options.RoomId, "options.RoomId");
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Owner, "options.Owner");
        var profile = options.Processing.Profile.Options;
        var routing = new ModelRouting
        {
            TurnId = options.TurnId,
            Mode = profile.Mode,
            Profile = profile.Profile,
            MaxSize = profile.Model.Size,
            Retries = profile.Generation.Retries,
            ServiceTier = profile.Model.ServiceTier,
            Fault = profile.Mode == ProcessingMode.Fast ? options.Fault : null,
        };
        return new TurnContext(options, routing, startedTimestamp, begunTimestamp ?? startedTimestamp);
    }
}
