using Microsoft.Extensions.AI;

namespace Vivace.Runtime.Models;

/// <summary>The model that serves one size.</summary>
/// <param name="Model">The name that is asked of the provider.</param>
/// <param name="Client">The client that calls it.</param>
/// <param name="IsDemo">Whether it is the built-in demonstration.</param>
public sealed record ModelEndpoint(string Model, IChatClient Client, bool IsDemo = false);
