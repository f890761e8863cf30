using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>Records which targets were served and which failed, for any job.</summary>
internal sealed class Outcomes(IEnumerable<HostName> served) : IRunObserver
{
    private readonly HashSet<HostName> _served = [.. served];
    private readonly Dictionary<HostName, Failure> _failed = [];

    public void OnEvent(RunEvent happened)
    {
        switch (happened)
        {
            case TargetSkipped e: _served.Add(e.Target); break;
            case TargetServed e:
                _served.Add(e.Target);
                _failed.Remove(e.Target);
                break;
            case TargetFailed e: _failed[e.Target] = e.Failure; break;
        }
    }

    public RunResult Result(RunFinished finished) => new(finished, _served, _failed);
}
