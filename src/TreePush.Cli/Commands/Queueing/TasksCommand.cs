using System.CommandLine;

namespace TreePush.Cli.Commands.Queueing;

/// <summary><c>treepush tasks</c>: lists tasks, shows one, or cancels it.</summary>
internal static class TasksCommand
{
    public static CommandPage Page()
    {
        var options = new TasksCliOptions();
        var command = Bare(options);
        command.SetAction((parsed, _) => new TasksLauncher(TasksSettings.Read(options, parsed)).RunAsync());
        return new CommandPage(
            command,
            ["treepush tasks [ID] --redis URL [options]", "treepush tasks cancel ID --redis URL"],
            options.Groups,
            [
                new("List all tasks", "treepush tasks --redis redis://10.0.0.5"),
                new("Show one: hosts, rate, time left, the tree, failures", "treepush tasks 3f2a9c1b77d0 --redis redis://10.0.0.5"),
            ]);
    }

    /// <summary>The command with its options, which does nothing.</summary>
    public static Command Bare(TasksCliOptions options)
    {
        var command = new Command("tasks", "List the tasks on Redis; show how far one is, and who serves whom; cancel one") { options.Words };
        foreach (var option in options.Groups.SelectMany(g => g.Options)) command.Add(option);
        return command;
    }
}
