using TreePush.Cli.Output.Console;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>What can be typed while a sync goes on.</summary>
internal sealed class SyncPrompt(SyncTally tally, RunControls controls)
{
    public static readonly string[] Help =
    [
        "help   show this help",
        "show   show all hosts: which parent each receives from, and its progress",
        "quit   let hosts finish that are nearly done, then stop; a second quit stops now",
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
