using System.CommandLine;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>The argument and the options of <c>treepush submit</c>.</summary>
internal sealed class SubmitCliOptions
{
    public StoreOptions Store { get; } = new();

    public Argument<string[]> File { get; } = new("file")
    {
        HelpName = "FILE",
        Description = "The file that every agent is to have, at the same path. For a directory, submit an archive, or use treepush sync",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string?> Max { get; } = NewOption.One("--max", "-m", "N", "Let up to N hosts pull from one source at a time [default: 1]");

    public Option<string?> Retry { get; } = NewOption.One("--retry", "-r", "N", "Let a host that fails try again up to N times, from another source if there is one [default: 4]");

    public Option<string?> Name { get; } = NewOption.One("--name", null, "HOST", "The name by which agents reach this host as the first source [default: its host name]");

    public Option<string?> Zone { get; } = NewOption.One("--zone", null, "ZONE", "The zone of this host");

    public Option<bool> NoServe { get; } = NewOption.Flag("--no-serve", null, "This host does not serve the file: an agent with --serve, or one that has the file, is the first source");

    public Option<bool> Wait { get; } = NewOption.Flag("--wait", null, "Wait until every known agent has the file or is given up");

    public Option<string?> MinSuccess { get; } = NewOption.One("--min-success", null, "N|P%", "With --wait: exit with 0 if at least N hosts, or P% of those that are known, have the file [default: 100%]");

    public Option<string?> Timeout { get; } = NewOption.One("--timeout", null, "TIME", "With --wait: wait no longer than TIME; agents go on [default: no limit]");

    public Option<bool> Json { get; } = NewOption.Flag("--json", null, "Write what happens to standard output, one JSON object on each line");

    public Option<bool> Quiet { get; } = NewOption.Flag("--quiet", "-q", "Show only failures and the summary");

    public Option<bool> NoLive { get; } = NewOption.Flag("--no-live", null, "Print plain lines instead of the live view, in a terminal too");

    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("The task", [Max, Retry, Name, Zone, NoServe]),
        new("Waiting", [Wait, MinSuccess, Timeout]),
        Store.Group,
        new("Output", [Json, Quiet, NoLive]),
    ];
}
