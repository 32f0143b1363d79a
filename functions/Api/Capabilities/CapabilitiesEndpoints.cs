using Vivace.Api.Auth;
using Vivace.Api.Bodies;
using Vivace.Api.Problems;
using Vivace.Api.Profiles;
using Vivace.Api.Settings;
using Vivace.Contracts;
using Vivace.Contracts.Capabilities;
using Vivace.Rollouts.Flags;
using Vivace.Runtime.Models;
using Vivace.Runtime.Turns;

namespace Vivace.Api.Capabilities;

/// <summary><c>/api/capabilities</c>: what a client may ask of this server.</summary>
internal static class CapabilitiesEndpoints
{
    public static void MapCapabilities(this WebApplication app)
        => app.MapGet("/api/capabilities", GetAsync)
            .WithSummary("What a client may ask of this server")
            .Produces<CapabilitiesReply>()
            .ProducesProblems(401);

    private static async Task<IResult> GetAsync(
        HttpContext context,
        IFlagSource flags,
        LiveProfiles profiles,
        ProcessingSettings processing,
        AgentOptions agent,
        CancellationToken cancellation)
    {
        var caller = context.Caller();
        var says = await flags.Current.DecideAsync(caller.RolloutUnit ?? caller.Owner, caller.Groups, cancellation);
        var reply = new CapabilitiesReply
        {
            AgentName = agent.Name,
            ProcessingAccepted = says.ContractOn,
            ShowModeSwitch = says.UiOn,
            DefaultMode = processing.Mode,
            DemoModels = IsDemo(context, ModelSize.Small) || IsDemo(context, ModelSize.Large),
            Profiles = [.. profiles.Current.All.Select(p => p.Describe())],
            Limits = RequestLimits.Current,
        };
        return new WireResult<CapabilitiesReply>(reply, ContractsJson.Default.CapabilitiesReply);
    }

    /// <summary>Not by [FromKeyedServices]: the request delegate generator turns an enum key into a number, which finds nothing.</summary>
    private static bool IsDemo(HttpContext context, ModelSize size) => context.RequestServices.GetRequiredKeyedService<ModelEndpoint>(size).IsDemo;
}
