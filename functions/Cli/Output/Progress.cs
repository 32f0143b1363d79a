using Vivace.Cli.Hosting;

namespace Vivace.Cli.Output;

/// <summary>
/// What is going on, on standard error: on a terminal one line that is rewritten, elsewhere one line for each thing that
/// happens. Silent under <c>--json</c>.
/// </summary>
internal sealed class Progress(CliConsole console, bool silent)
{
    private const string ClearLine = "\r\u001b[K";

    private readonly Lock gate = new();
    private bool isShown;

    /// <summary>Shows a state until the next one; on a terminal only.</summary>
    public void Show(string state)
    {
        if (silent || !console.ErrorIsTerminal)
        {
            return;
        }

        lock (gate)
        {
            console.Error.Write(ClearLine + state);
            console.Error.Flush();
            isShown = true;
        }
    }

    /// <summary>Takes the state away.</summary>
    public void Clear()
    {
        lock (gate)
        {
            if (isShown)
            {
                console.Error.Write(ClearLine);
                console.Error.Flush();
                isShown = false;
            }
        }
    }

    /// <summary>Says what has happened, on a line that stays.</summary>
    public void Say(string line)
    {
        if (silent)
        {
            return;
        }

        lock (gate)
        {
            console.Error.WriteLine(isShown ? ClearLine + line : line);
            isShown = false;
        }
    }
}
