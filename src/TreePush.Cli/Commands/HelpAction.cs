using System.CommandLine;
using System.CommandLine.Invocation;
using TreePush.Cli.Output.Console;

namespace TreePush.Cli.Commands;

/// <summary><c>--help</c>: shows the help of the command before it, whatever else is on the command line.</summary>
internal sealed class HelpAction(IReadOnlyList<CommandPage> pages) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var page = pages.First(p => p.Command == parseResult.CommandResult.Command);
        foreach (string line in new HelpText(pages, TextWidth.OfOutput()).Lines(page)) parseResult.InvocationConfiguration.Output.WriteLine(line);
        return ExitCode.Success;
    }
}
