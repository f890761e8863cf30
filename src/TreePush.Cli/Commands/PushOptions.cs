using System.CommandLine;

namespace TreePush.Cli.Commands;

/// <summary>The options of the push. Values that need more than a word are kept as text and read by <see cref="PushSettings"/>, which tells of all faults at once.</summary>
internal sealed class PushOptions
{
    public Argument<string?> Command { get; } = new("command")
    {
        Description = "The command that brings the files from a source to a target, in quotes; it is run by sh on each source, with "
            + "TPUSH_HOST, TPUSH_PORT and TPUSH_USER of the target, TPUSH_SRC of the source, and TPUSH_<NAME> for each field that -f names",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "COMMAND",
    };

    public Option<string[]> Sources { get; } = NewOption.Many("--source", "-s", "HOSTS", "Hosts that have the files: [user@]host[:port],... with ranges: 10.0.0.[1-3]; 127.0.0.1, localhost and local are this machine, without ssh");

    public Option<string?> List { get; } = NewOption.One("--list", "-l", "FILE", "The list of targets, one host a line, or CSV where the name ends in .csv; - reads standard input");

    public Option<string?> Format { get; } = NewOption.One("--format", "-f", "FIELDS", "The names of the list's fields; an empty name skips one, N:name names field N [default: host,port,user]");

    public Option<string[]> Hosts { get; } = NewOption.Many("--hosts", "-w", "HOSTS", "Targets given here, in place of a list or besides it: web[01-12].example,10.0.0.[1-9,12]");

    public Option<string[]> Exclude { get; } = NewOption.Many("--exclude", "-x", "HOSTS", "Hosts to leave out of the targets");

    public Option<string?> Max { get; } = NewOption.One("--max", "-m", "N|auto", "Transfers at once on each source; auto finds the number that keeps the total rate highest [default: 4]");

    public Option<string?> Retry { get; } = NewOption.One("--retry", "-r", "N", "How often a failed target is tried again, from another source where there is one [default: 0]");

    public Option<string?> Timeout { get; } = NewOption.One("--timeout", null, "TIME", "The limit for one transfer: 90, 90s, 15m, 2h [default: none]");

    public Option<string?> MaxTransfers { get; } = NewOption.One("--max-transfers", null, "N", "Transfers at once over all sources; each costs an ssh process here [default: 2000]");

    public Option<string?> MinSuccess { get; } = NewOption.One("--min-success", null, "N|P%", "Exit with 0 when at least so many targets were served [default: 100%]");

    public Option<string?> ConnectTimeout { get; } = NewOption.One("--connect-timeout", "-t", "TIME", "The limit for a connection to a source [default: 10s]");

    public Option<string?> SshConfig { get; } = NewOption.One("--ssh-config", "-F", "FILE", "A configuration file for ssh in place of your own");

    public Option<string?> Identity { get; } = NewOption.One("--identity", "-i", "FILE", "A private key to log in to the sources with");

    public Option<bool> ForwardAgent { get; } = NewOption.Flag("--forward-agent", "-A", "Lend your ssh-agent to the sources, so that they can log in to the targets");

    public Option<string[]> SshOption { get; } = NewOption.Many("--ssh-option", null, "KEY=VALUE", "An option for ssh as ssh_config writes it; may be given several times");

    public Option<bool> NoShare { get; } = NewOption.Flag("--no-share", null, "Make an ssh connection for each transfer in place of sharing one");

    public Option<string?> LogDir { get; } = NewOption.One("--logdir", null, "DIR", "Where the logs go [default: logs]");

    public Option<string?> Resume { get; } = NewOption.One("--resume", null, "RUN|last", "Go on with an earlier run: what it has served serves, what is left is served");

    public Option<bool> DryRun { get; } = NewOption.Flag("--dry-run", "-n", "Show who would be served and how; contact nobody");

    public Option<bool> Json { get; } = NewOption.Flag("--json", null, "Write the run's events to standard output, one JSON object a line");

    public Option<string?> Report { get; } = NewOption.One("--report", null, "FILE.html", "Write a page about the run: its tree, a time line, the failures");

    public Option<bool> Quiet { get; } = NewOption.Flag("--quiet", "-q", "Show failures and the end only");

    public Option<bool> NoLive { get; } = NewOption.Flag("--no-live", null, "Plain lines in a terminal too, in place of the live view");

    public Option<bool> Debug { get; } = NewOption.Flag("--debug", "-d", "Show the exact ssh command lines, and log more");

    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("Hosts", [Sources, List, Format, Hosts, Exclude]),
        new("Transfers", [Max, Retry, Timeout, MaxTransfers, MinSuccess]),
        new("Connections", [ConnectTimeout, SshConfig, Identity, ForwardAgent, SshOption, NoShare]),
        new("The run", [DryRun, LogDir, Resume]),
        new("Output", [Json, Report, Quiet, NoLive, Debug]),
    ];

    public IEnumerable<Option> All => Groups.SelectMany(g => g.Options);

    public CommandPage Page(RootCommand root) => new(
        root,
        ["treepush 'COMMAND' -s HOSTS -l FILE [options]", "treepush --resume last [options]", "treepush plan|completion|man ..."],
        Groups,
        [
            new("A file, from one host to all of a list; each that has it serves others", "treepush 'scp /srv/f $TPUSH_USER@$TPUSH_HOST:/srv/f' -s 10.0.0.1 -l hosts"),
            new("A directory, eight transfers at once on a source, two tries for each target", "treepush 'rsync -a /www/ $TPUSH_HOST:/www/' -s w1 -w 'w[02-99]' -m 8 -r 1"),
            new("Only what the last run left undone", "treepush --resume last"),
        ]);
}
