using System.CommandLine;
using TreePush.Cli.Commands.Manual;

namespace TreePush.Cli.Commands;

/// <summary><c>treepush man</c>: prints the manual page. docs/treepush.1 is its output.</summary>
internal static class ManCommand
{
    /// <param name="pages">All pages; the list may still be filled, and is read only when the command runs.</param>
    public static CommandPage Page(IReadOnlyList<CommandPage> pages)
    {
        var command = new Command("man", "Print the manual page");
        command.SetAction(_ =>
        {
            Console.Out.Write(new ManualPage(pages).Write());
            return ExitCode.Success;
        });
        return new CommandPage(command, ["treepush man"], [],
        [
            new("Read it", "treepush man | man -l -"),
            new("Install it", "treepush man > /usr/local/share/man/man1/treepush.1"),
        ]);
    }
}
