using System.CommandLine;

namespace TreePush.Cli.Commands.Queueing;

/// <summary><c>treepush agent</c>: pulls the files of tasks to this host, and lets other hosts pull them from here.</summary>
internal static class AgentCommand
{
    public static CommandPage Page()
    {
        var options = new AgentCliOptions();
        var command = Bare(options);
        command.SetAction((parsed, _) => new AgentLauncher(AgentSettings.Read(options, parsed)).RunAsync());
        return new CommandPage(
            command,
            ["treepush agent --redis URL --root DIR... [options]"],
            options.Groups,
            [
                new("Pull what is submitted below /srv/data, as a service", "treepush agent --redis redis://10.0.0.5 --redis-password-file /etc/treepush/redis --root /srv/data"),
                new("The same from cron, every two minutes", "treepush agent --once -q --redis redis://10.0.0.5 --root /srv/data"),
                new("Pull over ssh instead of rsync's daemon", "treepush agent --redis redis://10.0.0.5 --root /srv/data --command 'rsync -t \"$TPUSH_SRC:$TPUSH_PATH\" \"$TPUSH_PATH\"'"),
            ]);
    }

    /// <summary>The command with its options, which does nothing.</summary>
    public static Command Bare(AgentCliOptions options)
    {
        var command = new Command("agent", "Pull files that are submitted to Redis, and serve them to other hosts: for fleets without a controller");
        foreach (var option in options.Groups.SelectMany(g => g.Options)) command.Add(option);
        return command;
    }
}
