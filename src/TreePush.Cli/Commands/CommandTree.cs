using System.CommandLine;
using System.CommandLine.Help;
using TreePush.Cli.Commands.Dispatching;
using TreePush.Cli.Commands.Queueing;
using TreePush.Cli.Commands.Syncing;

namespace TreePush.Cli.Commands;

/// <summary>All commands and options. Parsing, help, completion and manual page are built from it.</summary>
/// <param name="Pages">The push first, then the subcommands in the order in which the help lists them.</param>
internal sealed record CommandTree(RootCommand Root, PushOptions Push, HelpOption Help, VersionOption Version, IReadOnlyList<CommandPage> Pages)
{
    /// <summary>The program's name, whatever its file is called.</summary>
    public const string ProgramName = "treepush";

    /// <summary>Planned commands. A push command with one of these names is refused, so that its meaning never changes.</summary>
    public static readonly string[] Reserved = ["watch"];

    public const string Description = "Copies files to many servers at once: each host that has received data passes it on to other hosts.";

    public static CommandTree Build()
    {
        var push = new PushOptions();
        var root = new RootCommand(Description) { push.Command };
        root.Directives.Clear();
        root.Options.Clear();
        foreach (var option in push.All) root.Add(option);
        root.SetAction((parsed, ct) => new PushCommand(push).RunAsync(parsed, ct));

        var pages = new List<CommandPage> { push.Page(root) };
        var help = new HelpOption("--help", "-h") { Description = "Show this help; after a command, show the help of that command", Action = new HelpAction(pages) };
        var version = new VersionOption() { Description = "Show the version" };
        pages.AddRange([SyncCommand.Page(), DispatchCommand.Page(), AgentCommand.Page(), SubmitCommand.Page(), TasksCommand.Page(), PlanCommand.Page(), CompletionCommand.Page(pages), ManCommand.Page(pages)]);
        foreach (var page in pages.Skip(1)) root.Add(page.Command);
        root.Add(help);
        root.Add(version);
        return new CommandTree(root, push, help, version, pages);
    }
}
