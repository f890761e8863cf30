using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>Receives a run's events in order, on the run's own thread: a journal, a log, a screen, a report.</summary>
public interface IRunObserver
{
    void OnEvent(RunEvent happened);
}
