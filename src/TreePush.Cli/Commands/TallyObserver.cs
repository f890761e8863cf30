using TreePush.Core.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary>Keeps a tally; it is told before those who show it.</summary>
internal sealed class TallyObserver(PushTally tally) : IPushObserver
{
    public void Notice(PushEvent happened) => tally.Notice(happened);
}
