using System.CommandLine;
using TreePush.Cli.Commands.Completion;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Commands;

/// <summary>
/// <c>treepush completion SHELL</c>: prints a script with which a shell completes all commands and options. The script is
/// self-contained: it never starts treepush.
/// </summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, Func<IReadOnlyList<CommandPage>, string>> Shells = new()
    {
        ["bash"] = BashScript.Write,
        ["zsh"] = ZshScript.Write,
        ["fish"] = FishScript.Write,
    };

    /// <param name="pages">All pages; the list may still be filled, and is read only when the command runs.</param>
    public static CommandPage Page(IReadOnlyList<CommandPage> pages)
    {
        var shell = new Argument<string?>("shell")
        {
            Description = "The shell to print the script for",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = string.Join('|', Shells.Keys),
        };
        var command = new Command("completion", "Print a script that completes commands and options in a shell") { shell };
        command.SetAction(parsed => Run(parsed.GetValue(shell), pages));
        return new CommandPage(command, ["treepush completion bash|zsh|fish"], [],
        [
            new("In ~/.bashrc", "source <(treepush completion bash)"),
            new("In ~/.zshrc, after compinit", "source <(treepush completion zsh)"),
            new("In ~/.config/fish/config.fish", "treepush completion fish | source"),
        ]);
    }

    private static int Run(string? shell, IReadOnlyList<CommandPage> pages)
    {
        if (shell is not null && Shells.TryGetValue(shell, out var write))
        {
            Console.Out.Write(write(pages));
            return ExitCode.Success;
        }

        string fault = shell is null ? "no shell is named" : $"there is no completion for {HostSyntax.Quoted(shell)}";
        App.Complain([new Problem("completion", fault, $"the shells are {string.Join(", ", Shells.Keys)}: treepush completion bash")]);
        return ExitCode.Usage;
    }
}
