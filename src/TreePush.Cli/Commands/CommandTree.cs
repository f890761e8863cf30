using System.CommandLine;
using System.CommandLine.Help;
using TreePush.Cli.Commands.Syncing;

namespace TreePush.Cli.Commands;

/// <summary>All commands and options: what parsing, help, completion and the man page are made from.</summary>
/// <param name="Pages">The push itself first, then the commands in the order in which they are listed.</param>
internal sealed record CommandTree(RootCommand Root, PushOptions Push, HelpOption Help, VersionOption Version, IReadOnlyList<CommandPage> Pages)
{
    /// <summary>What the program is called, whatever its file is.</summary>
    public const string ProgramName = "treepush";

    /// <summary>Commands that are planned. A command template of that name is refused today, so that it means nothing else tomorrow.</summary>
    public static readonly string[] Reserved = ["agent", "submit", "tasks", "watch", "dispatch"];

    public const string Description = "Brings files to many servers in the time it takes to bring them to one: every host that has been served serves the next.";

    public static CommandTree Build()
    {
        var push = new PushOptions();
        var root = new RootCommand(Description) { push.Command };
        root.Directives.Clear();
        root.Options.Clear();
        foreach (var option in push.All) root.Add(option);
        root.SetAction((parsed, ct) => new PushCommand(push).RunAsync(parsed, ct));

        var pages = new List<CommandPage> { push.Page(root) };
        var help = new HelpOption("--help", "-h") { Description = "Show this help; behind a command, the command's own", Action = new HelpAction(pages) };
        var version = new VersionOption() { Description = "Show the version" };
        pages.AddRange([SyncCommand.Page(), PlanCommand.Page(), CompletionCommand.Page(pages), ManCommand.Page(pages)]);
        foreach (var page in pages.Skip(1)) root.Add(page.Command);
        root.Add(help);
        root.Add(version);
        return new CommandTree(root, push, help, version, pages);
    }
}
