using TreePush.Cli.Output.Console;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>What can be typed while a sync goes on.</summary>
internal sealed class SyncPrompt(SyncTally tally, RunControls controls)
{
    public static readonly string[] Help =
    [
        "help   this help",
        "show   all hosts as they stand: who receives from whom, how far each is",
        "quit   let hosts end that are near their end, then stop; again: end it now",
    ];

    /// <summary>Does what the line says.</summary>
    /// <returns>What to answer.</returns>
    public IEnumerable<string> Execute(string text)
    {
        bool isStopping;
        lock (tally)
        {
            if (text == "show") return [.. SyncShow.Lines(tally)];
            isStopping = tally.Stopping is not null;
        }

        if (text != "quit") return text == "help" ? Help : [$"there is no command '{text}'", .. Help];
        controls.Stop(isStopping);
        return [];
    }
}
