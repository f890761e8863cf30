using System.CommandLine;

namespace TreePush.Cli.Commands;

internal static class CompletionCommand
{
    public static CommandPage Page(IReadOnlyList<CommandPage> pages)
    {
        _ = pages;
        return new CommandPage(new Command("completion", "Print a script that completes commands and options in a shell"), [], [], []);
    }
}
