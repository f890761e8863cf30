using System.CommandLine;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>The arguments and options of <c>treepush tasks</c>.</summary>
internal sealed class TasksCliOptions
{
    public StoreOptions Store { get; } = new();

    public Argument<string[]> Words { get; } = new("id")
    {
        HelpName = "ID|cancel",
        Description = "The id of a task, to show its hosts; or 'cancel ID', to end it: running transfers end, and files stay where they are",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public Option<bool> Watch { get; } = NewOption.Flag("--watch", null, "With ID: follow the task until it is over. In a terminal that is what happens anyway");

    public Option<bool> Json { get; } = NewOption.Flag("--json", null, "Write to standard output, one JSON object on each line");

    public Option<bool> NoLive { get; } = NewOption.Flag("--no-live", null, "Print plain lines instead of the live view, in a terminal too");

    public IReadOnlyList<OptionGroup> Groups => [Store.Group, new("Output", [Watch, Json, NoLive])];
}
