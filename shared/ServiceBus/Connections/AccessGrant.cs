namespace Vivace.ServiceBus.Connections;

/// <summary>A token and when it ends.</summary>
internal readonly record struct AccessGrant(string Token, DateTimeOffset ExpiresOn);
