using Vivace.Api.Settings;

namespace Vivace.Api.Hosting;

/// <summary>The folder of everything that is kept on one machine. It holds what people said, so only this user may look into it.</summary>
internal static class StorageFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes it where it is missing; one that exists keeps its permissions.</summary>
    public static void Ensure(StorageSettings storage)
    {
        try
        {
            Make(storage.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException("The folder that Storage:Path names cannot be made:", [$"{storage.Path}: {e.Message}"]);
        }
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }
}
