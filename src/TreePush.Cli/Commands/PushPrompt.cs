using TreePush.Cli.Output.Console;
using TreePush.Core.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary>What can be typed while a push goes on.</summary>
internal sealed class PushPrompt(PushTally tally, RunControls controls)
{
    public static readonly string[] Help =
    [
        "help                 this help",
        "show                 what runs, and who is set aside",
        "reconnect slow|all   end transfers that cross zones or take long, or all, and try them from elsewhere",
        "pause, resume        start nothing new; go on",
        "quit                 let what runs end, then stop; again: end it now",
    ];

    /// <summary>Does what the line says.</summary>
    /// <returns>What to answer.</returns>
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

    /// <returns>What the text means for the run; null where it is no command for it.</returns>
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
