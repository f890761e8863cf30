using System.CommandLine;

namespace TreePush.Cli.Commands;

internal static class ManCommand
{
    public static CommandPage Page(IReadOnlyList<CommandPage> pages)
    {
        _ = pages;
        return new CommandPage(new Command("man", "Print the manual page"), [], [], []);
    }
}
