namespace Vivace.Api.Broker;

/// <summary>Where the broker of a storage folder listens and what opens it; kept, so that a successor takes the same.</summary>
internal sealed record BrokerAddress(int Port, string Key)
{
    public const string KeyName = "vivace";

    public string ConnectionString
        => $"Endpoint=sb://127.0.0.1:{Port};SharedAccessKeyName={KeyName};SharedAccessKey={Key};UseDevelopmentEmulator=true;";
}
