namespace Vivace.Cli.Hosting;

/// <summary>What the program ends with; the help text lists them.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The server refused, a turn failed, or a check did not hold.</summary>
    public const int Failed = 1;

    /// <summary>The command line is not valid.</summary>
    public const int Usage = 2;

    /// <summary>The endpoint cannot be reached, or the connection was lost for good.</summary>
    public const int Unreachable = 3;

    /// <summary>Ctrl-C: 128 and the number of SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
