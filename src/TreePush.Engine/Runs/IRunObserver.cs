using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>Somebody who is told what happens in a run, in order, on the run's own thread: journal, log, screen, report.</summary>
public interface IRunObserver
{
    void OnEvent(RunEvent happened);
}
