using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Vivace.Cli.Hosting;

/// <summary>The usual help, and below it what a command has to say beyond its options.</summary>
internal sealed class DetailedHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Takes the place of the usual help, for all commands.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new DetailedHelpAction((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DocumentedCommand { Details: { } details })
        {
            parseResult.InvocationConfiguration.Output.WriteLine(details);
        }

        return code;
    }
}
