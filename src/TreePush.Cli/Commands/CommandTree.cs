using System.CommandLine;

namespace TreePush.Cli.Commands;

/// <summary>All commands and options: what parsing, help, completion and the man page are made from.</summary>
internal sealed record CommandTree(RootCommand Root, PushOptions Push)
{
    /// <summary>Commands that are planned. A command template of that name is refused today, so that it means nothing else tomorrow.</summary>
    public static readonly string[] Reserved = ["sync", "agent", "submit", "tasks", "watch", "dispatch"];

    public const string Description = "Brings files to many servers in the time it takes to bring them to one: every host that has been served serves the next.";

    public static CommandTree Build()
    {
        var push = new PushOptions();
        var root = new RootCommand(Description) { push.Command };
        foreach (var option in push.All) root.Add(option);
        root.SetAction((parsed, ct) => new PushCommand(push).RunAsync(parsed, ct));
        root.Add(PlanCommand.Build());
        root.Add(CompletionCommand.Build(root));
        root.Add(ManCommand.Build(root));
        return new CommandTree(root, push);
    }
}
