using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Running;

/// <summary>
/// Updates a tally, before the observers that show it. Readers on other threads lock the tally, as this class does.
/// </summary>
internal sealed class TallyObserver(RunTally tally) : IRunObserver
{
    public void OnEvent(RunEvent happened)
    {
        lock (tally) tally.OnEvent(happened);
    }
}
