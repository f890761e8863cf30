using System.CommandLine;
using TreePush.Cli.Commands.Running;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary>The arguments and options of <c>treepush dispatch</c>.</summary>
internal sealed class DispatchOptions
{
    private readonly RunOptions _run = new()
    {
        ConnectTimeout = NewOption.One("--connect-timeout", "-t", "TIME", "Give up a connection to a host after TIME [default: 10s]"),
        Identity = NewOption.One("--identity", "-i", "FILE", "Log in to the hosts with this private key"),
        NoShare = NewOption.Flag("--no-share", null, "Log in once for each copy and command instead of sharing a connection"),
        Json = NewOption.Flag("--json", null, "Write what happens to standard output, one JSON object on each line"),
        Quiet = NewOption.Flag("--quiet", "-q", "Show only failures"),
    };

    public Argument<string[]> Words { get; } = new("FILE")
    {
        HelpName = "FILE|status|retry|forget",
        Description = "The files to deliver; or 'status', 'retry NAME' or 'forget NAME' for packages that arrived before. A file of such a name is given as ./status",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<string?> Config { get; } = NewOption.One("--config", "-c", "FILE", "The rules: which file goes where, as YAML or INI");

    public Option<string?> Watch { get; } = NewOption.One("--watch", null, "DIR", "Watch DIR, and deliver each file that arrives in it, until you stop it");

    public Option<bool> Initial { get; } = NewOption.Flag("--initial", null, "Deliver what is in DIR already at the first start, too");

    public Option<bool> Check { get; } = NewOption.Flag("--check", null, "Check the rules, and show what would be done with each NAME that is given; contact no host");

    public Option<string?> State { get; } = NewOption.One("--state", null, "DIR", "Keep the journal, copies of packages and install logs in DIR [default: ~/.local/state/treepush/dispatch/ and a name made of the rules' file]");

    public Option<bool> Install { get; } = NewOption.Flag("--install", null, "With retry: run the install command, though it failed or may have run before");

    public Option<bool> Installed { get; } = NewOption.Flag("--installed", null, "With retry: run nothing; you have seen that the package is installed");

    public Option<bool> All { get; } = NewOption.Flag("--all", null, "With status: show packages that are done, too. With retry: try all that failed");

    public RunOptions Run => _run;

    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("Packages", [Config, Watch, Initial, Check, State]),
        new("Packages that arrived before", [Install, Installed, All]),
        _run.ConnectionGroup(lendsAgent: false),
        new("Output", [_run.Json, _run.Quiet, _run.Debug]),
    ];
}
