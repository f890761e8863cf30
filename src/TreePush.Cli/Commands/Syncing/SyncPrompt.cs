using TreePush.Cli.Output.Console;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>The commands that the user can type during a sync.</summary>
internal sealed class SyncPrompt(SyncTally tally, RunControls controls)
{
    public static readonly string[] Help =
    [
        "help   show this help",
        "show   show all hosts: which parent each receives from, and its progress",
        "quit   let hosts finish that are nearly done, then stop; a second quit stops now",
    ];

    /// <summary>Executes a typed line.</summary>
    /// <returns>The lines to answer.</returns>
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
