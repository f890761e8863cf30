using System.CommandLine;
using TreePush.Cli.Commands.Running;

namespace TreePush.Cli.Commands;

/// <summary>
/// The options of the push. Values that need parsing are kept as text and read by <see cref="PushSettings"/>, which
/// reports all faults at once.
/// </summary>
internal sealed class PushOptions
{
    public RunOptions Run { get; } = new();

    public Argument<string?> Command { get; } = new("command")
    {
        Description = "The command that copies the files from a source to a target, in quotes. sh runs it on the source. The environment has "
            + "TPUSH_HOST, TPUSH_PORT and TPUSH_USER of the target, TPUSH_SRC of the source, and TPUSH_<NAME> for each field that -f names",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "COMMAND",
    };

    public Option<string?> Max { get; } = NewOption.One("--max", "-m", "N|auto", "Run up to N transfers at once on each source; auto finds the number with the highest total rate [default: 4]");

    public Option<string?> Retry { get; } = NewOption.One("--retry", "-r", "N", "Retry a failed target up to N times, from another source if there is one [default: 0]");

    public Option<string?> Timeout { get; } = NewOption.One("--timeout", null, "TIME", "End a transfer that takes longer: 90, 90s, 15m, 2h [default: no limit]");

    public Option<string?> MaxTransfers { get; } = NewOption.One("--max-transfers", null, "N", "Run up to N transfers at once over all sources; each uses an ssh process on this machine [default: 2000]");

    public IReadOnlyList<OptionGroup> Groups =>
    [
        Run.HostGroup,
        new("Transfers", [Max, Retry, Timeout, MaxTransfers, Run.MinSuccess]),
        Run.ConnectionGroup(lendsAgent: true),
        Run.RunGroup,
        Run.OutputGroup,
    ];

    public IEnumerable<Option> All => Groups.SelectMany(g => g.Options);

    public CommandPage Page(RootCommand root) => new(
        root,
        ["treepush 'COMMAND' -s HOSTS -l FILE [options]", "treepush --resume last [options]", "treepush SUBCOMMAND ..."],
        Groups,
        [
            new("Copy a file from one host to all hosts of a list", "treepush 'scp /srv/f $TPUSH_USER@$TPUSH_HOST:/srv/f' -s 10.0.0.1 -l hosts"),
            new("Copy a directory: eight transfers at once on each source, one retry", "treepush 'rsync -a /www/ $TPUSH_HOST:/www/' -s w1 -w 'w[02-99]' -m 8 -r 1"),
            new("Continue the last run: serve only the targets that are left", "treepush --resume last"),
        ]);
}
