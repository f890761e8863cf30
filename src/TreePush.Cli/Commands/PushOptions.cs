using System.CommandLine;
using TreePush.Cli.Commands.Running;

namespace TreePush.Cli.Commands;

/// <summary>The options of the push. Values that need more than a word are kept as text and read by <see cref="PushSettings"/>, which tells of all faults at once.</summary>
internal sealed class PushOptions
{
    public RunOptions Run { get; } = new();

    public Argument<string?> Command { get; } = new("command")
    {
        Description = "The command that brings the files from a source to a target, in quotes; it is run by sh on each source, with "
            + "TPUSH_HOST, TPUSH_PORT and TPUSH_USER of the target, TPUSH_SRC of the source, and TPUSH_<NAME> for each field that -f names",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "COMMAND",
    };

    public Option<string?> Max { get; } = NewOption.One("--max", "-m", "N|auto", "Transfers at once on each source; auto finds the number that keeps the total rate highest [default: 4]");

    public Option<string?> Retry { get; } = NewOption.One("--retry", "-r", "N", "How often a failed target is tried again, from another source where there is one [default: 0]");

    public Option<string?> Timeout { get; } = NewOption.One("--timeout", null, "TIME", "The limit for one transfer: 90, 90s, 15m, 2h [default: none]");

    public Option<string?> MaxTransfers { get; } = NewOption.One("--max-transfers", null, "N", "Transfers at once over all sources; each costs an ssh process here [default: 2000]");

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
        ["treepush 'COMMAND' -s HOSTS -l FILE [options]", "treepush --resume last [options]", "treepush sync|plan|completion|man ..."],
        Groups,
        [
            new("A file, from one host to all of a list; each that has it serves others", "treepush 'scp /srv/f $TPUSH_USER@$TPUSH_HOST:/srv/f' -s 10.0.0.1 -l hosts"),
            new("A directory, eight transfers at once on a source, two tries for each target", "treepush 'rsync -a /www/ $TPUSH_HOST:/www/' -s w1 -w 'w[02-99]' -m 8 -r 1"),
            new("Only what the last run left undone", "treepush --resume last"),
        ]);
}
