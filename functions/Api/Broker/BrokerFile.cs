using System.Security.Cryptography;
using System.Text.Json;
using Vivace.Api.Settings;

namespace Vivace.Api.Broker;

/// <summary>
/// What the processes of one storage folder share of their broker: <c>broker.json</c> says where it is, and whoever has
/// <c>broker.lock</c> open runs it. The system lets go of the lock when a process ends, however it ends.
/// </summary>
internal sealed class BrokerFile(StorageSettings storage)
{
    private const int KeyBytes = 32;

    private readonly string address = Path.Combine(storage.Path, "broker.json");
    private readonly string door = Path.Combine(storage.Path, "broker.lock");

    /// <summary>Where the address and the key stand.</summary>
    public string FullName => address;

    /// <summary>The database of the broker's journal.</summary>
    public string Journal { get; } = Path.Combine(storage.Path, "broker.db");

    /// <summary>The right to run the broker, until it is disposed; null while another process has it.</summary>
    public IDisposable? TryLock()
    {
        Directory.CreateDirectory(storage.Path);
        try
        {
            return new FileStream(door, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Null when there is none, or none that can be read.</summary>
    public BrokerAddress? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(address), BrokerJson.Default.BrokerAddress);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Replaces it whole; only this user may read it.</summary>
    public void Write(BrokerAddress value)
    {
        var next = address + ".next";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(next, options))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(value, BrokerJson.Default.BrokerAddress));
        }

        File.Move(next, address, overwrite: true);
    }

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
}
