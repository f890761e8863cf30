using System.CommandLine;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>The options of <c>treepush agent</c>.</summary>
internal sealed class AgentCliOptions
{
    public StoreOptions Store { get; } = new();

    public Option<string?> Name { get; } = NewOption.One("--name", null, "HOST", "The name by which other hosts reach this one [default: its host name]");

    public Option<string?> Zone { get; } = NewOption.One("--zone", null, "ZONE", "The rack or site of this host: sources in the same zone are preferred");

    public Option<string[]> Roots { get; } = NewOption.Many("--root", null, "DIR", "Pull files below DIR and nowhere else; may be given several times");

    public Option<string[]> Serve { get; } = NewOption.Many("--serve", null, "PATH", "A file, or a directory with files, that originates here: it is offered, and never written; may be given several times");

    public Option<string?> Command { get; } = NewOption.One("--command", null, "COMMAND", "The command that pulls a file, run by sh with TPUSH_SRC, TPUSH_HOST, TPUSH_PATH, TPUSH_TASK and TPUSH_ZONE [default: rsync from the module treepush of the source's rsync daemon]");

    public Option<string?> Lease { get; } = NewOption.One("--lease", null, "TIME", "Redis gives a source's slot to another host if this agent has not reported for TIME [default: 30s]");

    public Option<string?> Timeout { get; } = NewOption.One("--timeout", null, "TIME", "End a transfer that takes longer: 90, 90s, 15m, 2h [default: no limit]");

    public Option<bool> Once { get; } = NewOption.Flag("--once", null, "End when nothing is left to do: for cron");

    public Option<string?> State { get; } = NewOption.One("--state", null, "DIR", "Keep the lock in DIR, which lets only one agent of this name run [default: ~/.local/state/treepush/agent]");

    public Option<string?> LogDir { get; } = NewOption.One("--logdir", null, "DIR", "Write the output of each transfer to DIR [default: logs in the directory of --state]");

    public Option<bool> Json { get; } = NewOption.Flag("--json", null, "Write what happens to standard output, one JSON object on each line");

    public Option<bool> Quiet { get; } = NewOption.Flag("--quiet", "-q", "Show only failures");

    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("This host", [Name, Zone, Roots, Serve]),
        new("Transfers", [Command, Lease, Timeout, Once]),
        Store.Group,
        new("Output", [State, LogDir, Json, Quiet]),
    ];
}
