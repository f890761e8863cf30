using TreePush.Core.Broadcasting;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Broadcasting;

/// <summary>Carries a broadcast out. A place holder: it can't do that yet.</summary>
public sealed class SyncRun : IDisposable
{
    private readonly Queue<BroadcastInput> _inputs = new();

    /// <param name="served">Targets that an earlier part of the same run has served.</param>
    public SyncRun(RunFolder folder, IReadOnlySet<HostName> served, IRemoteHostDriver driver, IReadOnlyList<IRunObserver> observers, TimeProvider time)
    {
        _ = (folder, served, driver, observers, time);
    }

    /// <summary>Gives the run an input from outside. After its end it leads to nothing.</summary>
    public void Post(BroadcastInput input) => _inputs.Enqueue(input);

    /// <summary>Runs to the end. Nothing is left running when it returns.</summary>
    public Task<RunFinished> RunAsync() => throw new NotSupportedException($"sync is not part of this version yet ({_inputs.Count} inputs)");

    public void Dispose() => _inputs.Clear();
}
