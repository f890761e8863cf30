using System.CommandLine;

namespace TreePush.Cli.Commands.Running;

/// <summary>
/// The options that every run has: hosts, connections, logs and output. A command replaces those that have another
/// meaning for it.
/// </summary>
internal sealed class RunOptions
{
    public Option<string[]> Sources { get; init; } = NewOption.Many("--source", "-s", "HOSTS", "The hosts that have the files: [user@]host[:port],... with ranges: 10.0.0.[1-3]; 127.0.0.1, localhost and local mean this machine, without ssh");

    public Option<string?> List { get; } = NewOption.One("--list", "-l", "FILE", "Read the targets from FILE, one host on each line, or as CSV if the name ends in .csv; - reads standard input");

    public Option<string?> Format { get; } = NewOption.One("--format", "-f", "FIELDS", "The names of the list's fields; an empty name skips a field, N:name names field N [default: host,port,user]");

    public Option<string[]> Hosts { get; } = NewOption.Many("--hosts", "-w", "HOSTS", "Targets, instead of a list or in addition to it: web[01-12].example,10.0.0.[1-9,12]");

    public Option<string[]> Exclude { get; init; } = NewOption.Many("--exclude", "-x", "HOSTS", "Remove these hosts from the targets");

    public Option<string?> MinSuccess { get; } = NewOption.One("--min-success", null, "N|P%", "Exit with 0 if at least N targets, or P% of them, were served [default: 100%]");

    public Option<string?> SshClient { get; } = NewOption.One("--ssh-client", null, "auto|openssh|builtin", "Connect with OpenSSH's client or with the builtin one, which supports less; auto uses OpenSSH's if it is installed [default: auto]");

    public Option<bool> AskPassword { get; } = NewOption.Flag("--ask-pass", null, "Ask once for the login password");

    public Option<string?> PasswordFile { get; } = NewOption.One("--password-file", null, "FILE", "Read the login password from FILE: one line, readable only by you");

    public Option<string?> ConnectTimeout { get; init; } = NewOption.One("--connect-timeout", "-t", "TIME", "Give up a connection to a source after TIME [default: 10s]");

    public Option<string?> SshConfig { get; } = NewOption.One("--ssh-config", "-F", "FILE", "Use this ssh configuration file instead of your own");

    public Option<string?> Identity { get; init; } = NewOption.One("--identity", "-i", "FILE", "Log in to the sources with this private key");

    public Option<bool> ForwardAgent { get; } = NewOption.Flag("--forward-agent", "-A", "Forward your ssh-agent to the sources, so that they can log in to the targets");

    public Option<string[]> SshOption { get; } = NewOption.Many("--ssh-option", null, "KEY=VALUE", "Pass this ssh_config option to ssh; may be given several times");

    public Option<bool> NoShare { get; init; } = NewOption.Flag("--no-share", null, "Open an ssh connection for each transfer instead of sharing one");

    public Option<bool> DryRun { get; init; } = NewOption.Flag("--dry-run", "-n", "Show which source would serve which target; contact no host");

    public Option<string?> LogDir { get; } = NewOption.One("--logdir", null, "DIR", "Write the logs to DIR [default: logs]");

    public Option<string?> Resume { get; init; } = NewOption.One("--resume", null, "RUN|last", "Continue an earlier run: serve the targets that are left; those that were served serve others");

    public Option<bool> Json { get; init; } = NewOption.Flag("--json", null, "Write the run's events to standard output, one JSON object on each line");

    public Option<string?> Report { get; } = NewOption.One("--report", null, "FILE.html", "Write an HTML report of the run: the tree, a timeline and the failures");

    public Option<bool> Quiet { get; init; } = NewOption.Flag("--quiet", "-q", "Show only failures and the summary");

    public Option<bool> NoLive { get; } = NewOption.Flag("--no-live", null, "Print plain lines instead of the live view, in a terminal too");

    public Option<bool> Debug { get; } = NewOption.Flag("--debug", "-d", "Show the exact ssh command lines and write more to the log");

    public OptionGroup HostGroup => new("Hosts", [Sources, List, Format, Hosts, Exclude]);

    /// <param name="lendsAgent">Whether sources log in to targets and can use an agent.</param>
    public OptionGroup ConnectionGroup(bool lendsAgent) =>
        new("Connections",
        [ConnectTimeout, SshClient, SshConfig, Identity, AskPassword, PasswordFile, .. lendsAgent ? new[] { ForwardAgent } : [], SshOption, NoShare]);

    public OptionGroup RunGroup => new("The run", [DryRun, LogDir, Resume]);

    public OptionGroup OutputGroup => new("Output", [Json, Report, Quiet, NoLive, Debug]);
}
