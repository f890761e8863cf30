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
        HelpName = "command",
    };

    public Option<string[]> Sources { get; } = Many("--source", "-s", "HOSTS", "Hosts that have the files: [user@]host[:port],... with ranges: 10.0.0.[1-3]; 127.0.0.1, localhost and local are this machine, without ssh");

    public Option<string?> List { get; } = One("--list", "-l", "FILE", "The list of targets, one host a line, or CSV where the name ends in .csv; - reads standard input");

    public Option<string?> Format { get; } = One("--format", "-f", "FIELDS", "The names of the list's fields; an empty name skips one, N:name names field N [default: host,port,user]");

    public Option<string[]> Hosts { get; } = Many("--hosts", "-w", "HOSTS", "Targets given here, in place of a list or besides it: web[01-12].example,10.0.0.[1-9,12]");

    public Option<string[]> Exclude { get; } = Many("--exclude", "-x", "HOSTS", "Hosts to leave out of the targets");

    public Option<string?> Max { get; } = One("--max", "-m", "N|auto", "Transfers at once on each source; auto finds the number that keeps the total rate highest [default: 4]");

    public Option<string?> Retry { get; } = One("--retry", "-r", "N", "How often a failed target is tried again, from another source where there is one [default: 0]");

    public Option<string?> Timeout { get; } = One("--timeout", null, "TIME", "The limit for one transfer: 90, 90s, 15m, 2h [default: none]");

    public Option<string?> MaxTransfers { get; } = One("--max-transfers", null, "N", "Transfers at once over all sources; each costs an ssh process here [default: 2000]");

    public Option<string?> MinSuccess { get; } = One("--min-success", null, "N|P%", "Exit with 0 when at least so many targets were served [default: 100%]");

    public Option<string?> ConnectTimeout { get; } = One("--connect-timeout", "-t", "TIME", "The limit for a connection to a source [default: 10s]");

    public Option<string?> SshConfig { get; } = One("--ssh-config", "-F", "FILE", "A configuration file for ssh in place of your own");

    public Option<string?> Identity { get; } = One("--identity", "-i", "FILE", "A private key to log in to the sources with");

    public Option<bool> ForwardAgent { get; } = Flag("--forward-agent", "-A", "Lend your ssh-agent to the sources, so that they can log in to the targets");

    public Option<string[]> SshOption { get; } = Many("--ssh-option", null, "KEY=VALUE", "An option for ssh as ssh_config writes it; may be given several times");

    public Option<bool> NoShare { get; } = Flag("--no-share", null, "Make an ssh connection for each transfer in place of sharing one");

    public Option<string?> LogDir { get; } = One("--logdir", null, "DIR", "Where the logs go [default: logs]");

    public Option<string?> Resume { get; } = One("--resume", null, "RUN|last", "Go on with an earlier run: what it has served serves, what is left is served");

    public Option<bool> DryRun { get; } = Flag("--dry-run", "-n", "Show who would be served and how; contact nobody");

    public Option<bool> Json { get; } = Flag("--json", null, "Write the run's events to standard output, one JSON object a line");

    public Option<string?> Report { get; } = One("--report", null, "FILE.html", "Write a page about the run: its tree, a time line, the failures");

    public Option<bool> Quiet { get; } = Flag("--quiet", "-q", "Show failures and the end only");

    public Option<bool> NoLive { get; } = Flag("--no-live", null, "Plain lines in a terminal too, in place of the live view");

    public Option<bool> Debug { get; } = Flag("--debug", "-d", "Show the exact ssh command lines, and log more");

    public IReadOnlyList<Option> All =>
    [
        Sources, List, Format, Hosts, Exclude, Max, Retry, Timeout, MaxTransfers, MinSuccess, ConnectTimeout, SshConfig, Identity,
        ForwardAgent, SshOption, NoShare, LogDir, Resume, DryRun, Json, Report, Quiet, NoLive, Debug,
    ];

    private static Option<string?> One(string name, string? alias, string value, string description) =>
        new(name, alias is null ? [] : [alias]) { Description = description, HelpName = value };

    private static Option<string[]> Many(string name, string? alias, string value, string description) =>
        new(name, alias is null ? [] : [alias]) { Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };

    /// <summary>A flag takes no value, or a command that is called "true" would be taken for one.</summary>
    private static Option<bool> Flag(string name, string? alias, string description) =>
        new(name, alias is null ? [] : [alias]) { Description = description, Arity = ArgumentArity.Zero };
}
