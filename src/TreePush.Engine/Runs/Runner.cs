using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Runs;

/// <summary>
/// Carries runs out: the only way to do so, for the command line and for whoever else starts runs. It writes to no console,
/// and needs no folder unless it is given a store. Any number of runs can go on at once.
/// </summary>
/// <param name="driver">The way to hosts; runs share its connections. Whoever made it disposes of it, after the runs.</param>
/// <param name="debug">Gets ssh's command lines, and what relays print; null for nobody.</param>
public sealed class Runner(IRemoteHostDriver driver, TimeProvider time, Action<string>? debug = null)
{
    /// <summary>Carries a run out to its end. Nothing of it is left running when this returns.</summary>
    /// <param name="observers">Told what happens, in order.</param>
    /// <param name="store">Where the run's journal and the transfers' output are kept; null for nowhere. Targets that an earlier part of the run served are not served again.</param>
    /// <param name="controls">What a person can do to the run; null for nothing.</param>
    /// <param name="ct">Ends the run and what it has started, as <see cref="RunControls.Stop"/> with true does.</param>
    public async Task<RunResult> RunAsync(
        RunRequest request, IReadOnlyList<IRunObserver> observers, RunFolder? store, RunControls? controls, CancellationToken ct)
    {
        var served = store?.Served() ?? new HashSet<HostName>();
        var outcomes = new Outcomes(served);
        controls ??= new RunControls();
        using var stop = ct.Register(() => controls.Stop(kill: true));
        using var journal = store is null ? null : Journal.Open(store.JournalPath);
        // The journal is written before anything else is done: a crash must not forget what was served.
        IReadOnlyList<IRunObserver> all = journal is null ? [outcomes, .. observers] : [journal, outcomes, .. observers];
        var finished = await StartAsync(request, served, all, store, controls);
        if (journal?.Fault is { } fault) store!.JournalFault = fault;
        return outcomes.Result(finished);
    }

    /// <summary>The one place where the jobs differ for the runner.</summary>
    private Task<RunFinished> StartAsync(
        RunRequest request, IReadOnlySet<HostName> served, IReadOnlyList<IRunObserver> observers, RunFolder? store, RunControls controls)
    {
        var context = new RunContext(driver, observers, store, controls, time, debug);
        return request.Work switch
        {
            PushWork push => PushRun.RunAsync(request, push, served, context),
            SyncWork sync => SyncRun.RunAsync(request, sync, served, context),
            _ => throw new NotSupportedException($"{request.Work.GetType().Name} is no work of this version."),
        };
    }
}
