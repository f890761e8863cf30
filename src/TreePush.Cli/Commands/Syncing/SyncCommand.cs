using System.CommandLine;
using TreePush.Cli.Commands.Running;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Commands.Syncing;

/// <summary><c>treepush sync SRC DEST</c>: copies a file or a directory to all targets, through relays that pass each piece on as soon as it has arrived.</summary>
internal static class SyncCommand
{
    public static CommandPage Page()
    {
        var options = new SyncOptions();
        var command = Bare(options);
        command.SetAction((parsed, ct) =>
        {
            _ = Task.Run(() => RelayPackage.Shipped, ct); // Prepare the relay packages while the lists are read.
            var settings = SyncSettings.Read(options, parsed);
            return new RunLauncher(settings.Run, new SyncBuilder(settings)).RunAsync(ct);
        });
        return new CommandPage(
            command,
            ["treepush sync SRC DEST -l FILE [options]", "treepush sync --resume last [options]"],
            options.Groups,
            [
                new("Copy a directory from this machine, and delete extraneous files on every host", "treepush sync /srv/www /srv/www -l hosts --delete"),
                new("Show what that would change on each host", "treepush sync /srv/www /srv/www -l hosts --delete -n"),
                new("Copy a file that two hosts have to a path that each row of the list names", "treepush sync /data/f '$TPUSH_PATH/' -s 10.0.0.[1-2] -l hosts -f host,,,path"),
                new("Copy /etc/app without its keys, as root, at no more than 100 Mbit/s per host", "treepush sync /etc/app /etc/app -w 'web[01-16]' --sudo --exclude '*.key' --bwlimit 100Mbit"),
            ]);
    }

    /// <summary>The command with its arguments and options, without an action.</summary>
    public static Command Bare(SyncOptions options)
    {
        var command = new Command("sync", "Copy a file or directory to all targets at once; each host passes data on while it receives it")
        {
            options.Source, options.Destination,
        };
        foreach (var option in options.Groups.SelectMany(g => g.Options)) command.Add(option);
        return command;
    }
}
