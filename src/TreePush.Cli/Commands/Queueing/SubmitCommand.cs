using System.CommandLine;

namespace TreePush.Cli.Commands.Queueing;

/// <summary><c>treepush submit</c>: makes a file a task, which all agents then pull.</summary>
internal static class SubmitCommand
{
    public static CommandPage Page()
    {
        var options = new SubmitCliOptions();
        var command = Bare(options);
        command.SetAction((parsed, _) => new SubmitLauncher(SubmitSettings.Read(options, parsed)).RunAsync());
        return new CommandPage(
            command,
            ["treepush submit FILE --redis URL [options]"],
            options.Groups,
            [
                new("Submit a file that this host serves", "treepush submit /srv/data/model.bin --redis redis://10.0.0.5"),
                new("Wait until 95% of the agents have it", "treepush submit /srv/data/model.bin --redis redis://10.0.0.5 --wait --min-success 95% --timeout 30m"),
            ]);
    }

    /// <summary>The command with its options, which does nothing.</summary>
    public static Command Bare(SubmitCliOptions options)
    {
        var command = new Command("submit", "Make a file a task: every agent pulls it from a host that has it, and serves it on") { options.File };
        foreach (var option in options.Groups.SelectMany(g => g.Options)) command.Add(option);
        return command;
    }
}
