using TreePush.Cli.Output.Console;
using TreePush.Core.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary>The commands that the user can type during a push.</summary>
internal sealed class PushPrompt(PushTally tally, RunControls controls)
{
    public static readonly string[] Help =
    [
        "help                 show this help",
        "show                 show running transfers and the sources that get no more transfers",
        "reconnect slow|all   end transfers that cross zones or take long, or all transfers, and retry them from other sources",
        "pause, resume        stop starting transfers; start them again",
        "quit                 let running transfers end, then stop; a second quit stops now",
    ];

    /// <summary>Executes a typed line.</summary>
    /// <returns>The lines to answer.</returns>
    public IEnumerable<string> Execute(string text)
    {
        bool isStopping;
        lock (tally)
        {
            if (text == "show") return [.. ShowLines.Of(tally, DateTimeOffset.UtcNow)];
            isStopping = tally.Stopping is not null;
        }

        if (Parse(text, isStopping) is not { } control) return text == "help" ? Help : [$"there is no command '{text}'", .. Help];
        control(controls);
        return [];
    }

    /// <returns>The control that the text asks for; null if it is no command.</returns>
    private static Action<RunControls>? Parse(string text, bool isStopping) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["reconnect"] or ["reconnect", "slow"] => c => c.Reconnect(onlySlow: true),
        ["reconnect", "all"] => c => c.Reconnect(onlySlow: false),
        ["pause"] => c => c.Pause(),
        ["resume"] => c => c.Resume(),
        ["quit"] => c => c.Stop(isStopping),
        _ => null,
    };
}
