using System.CommandLine;

namespace TreePush.Cli.Commands.Running;

/// <summary>The options that every run has: hosts, connections, what is kept and what is shown. A command replaces those that mean something else to it.</summary>
internal sealed class RunOptions
{
    public Option<string[]> Sources { get; init; } = NewOption.Many("--source", "-s", "HOSTS", "Hosts that have the files: [user@]host[:port],... with ranges: 10.0.0.[1-3]; 127.0.0.1, localhost and local are this machine, without ssh");

    public Option<string?> List { get; } = NewOption.One("--list", "-l", "FILE", "The list of targets, one host a line, or CSV where the name ends in .csv; - reads standard input");

    public Option<string?> Format { get; } = NewOption.One("--format", "-f", "FIELDS", "The names of the list's fields; an empty name skips one, N:name names field N [default: host,port,user]");

    public Option<string[]> Hosts { get; } = NewOption.Many("--hosts", "-w", "HOSTS", "Targets given here, in place of a list or besides it: web[01-12].example,10.0.0.[1-9,12]");

    public Option<string[]> Exclude { get; init; } = NewOption.Many("--exclude", "-x", "HOSTS", "Hosts to leave out of the targets");

    public Option<string?> MinSuccess { get; } = NewOption.One("--min-success", null, "N|P%", "Exit with 0 when at least so many targets were served [default: 100%]");

    public Option<string?> ConnectTimeout { get; init; } = NewOption.One("--connect-timeout", "-t", "TIME", "The limit for a connection to a source [default: 10s]");

    public Option<string?> SshConfig { get; } = NewOption.One("--ssh-config", "-F", "FILE", "A configuration file for ssh in place of your own");

    public Option<string?> Identity { get; init; } = NewOption.One("--identity", "-i", "FILE", "A private key to log in to the sources with");

    public Option<bool> ForwardAgent { get; } = NewOption.Flag("--forward-agent", "-A", "Lend your ssh-agent to the sources, so that they can log in to the targets");

    public Option<string[]> SshOption { get; } = NewOption.Many("--ssh-option", null, "KEY=VALUE", "An option for ssh as ssh_config writes it; may be given several times");

    public Option<bool> NoShare { get; init; } = NewOption.Flag("--no-share", null, "Make an ssh connection for each transfer in place of sharing one");

    public Option<bool> DryRun { get; init; } = NewOption.Flag("--dry-run", "-n", "Show who would be served and how; contact nobody");

    public Option<string?> LogDir { get; } = NewOption.One("--logdir", null, "DIR", "Where the logs go [default: logs]");

    public Option<string?> Resume { get; init; } = NewOption.One("--resume", null, "RUN|last", "Go on with an earlier run: what it has served serves, what is left is served");

    public Option<bool> Json { get; } = NewOption.Flag("--json", null, "Write the run's events to standard output, one JSON object a line");

    public Option<string?> Report { get; } = NewOption.One("--report", null, "FILE.html", "Write a page about the run: its tree, a time line, the failures");

    public Option<bool> Quiet { get; } = NewOption.Flag("--quiet", "-q", "Show failures and the end only");

    public Option<bool> NoLive { get; } = NewOption.Flag("--no-live", null, "Plain lines in a terminal too, in place of the live view");

    public Option<bool> Debug { get; } = NewOption.Flag("--debug", "-d", "Show the exact ssh command lines, and log more");

    public OptionGroup HostGroup => new("Hosts", [Sources, List, Format, Hosts, Exclude]);

    /// <param name="lendsAgent">Whether sources log in to targets, so that an agent is of use to them.</param>
    public OptionGroup ConnectionGroup(bool lendsAgent) =>
        new("Connections", [ConnectTimeout, SshConfig, Identity, .. lendsAgent ? new[] { ForwardAgent } : [], SshOption, NoShare]);

    public OptionGroup RunGroup => new("The run", [DryRun, LogDir, Resume]);

    public OptionGroup OutputGroup => new("Output", [Json, Report, Quiet, NoLive, Debug]);
}
