using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Running;

/// <summary>Keeps a tally; it is told before those who show it. Whoever reads the tally on another thread locks it, as this does.</summary>
internal sealed class TallyObserver(RunTally tally) : IRunObserver
{
    public void OnEvent(RunEvent happened)
    {
        lock (tally) tally.OnEvent(happened);
    }
}
