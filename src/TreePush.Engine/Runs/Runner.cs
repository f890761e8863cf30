using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Runs;

/// <summary>
/// Executes runs. The command line and every other caller start runs here. It writes to no console, and needs no folder
/// unless it is given a store. Several runs can go on at once.
/// </summary>
/// <param name="driver">Opens the hosts; runs share its connections. The caller disposes of it after the runs.</param>
/// <param name="debug">Receives ssh's command lines, and what relays print; null to drop them.</param>
public sealed class Runner(IRemoteHostDriver driver, TimeProvider time, Action<string>? debug = null)
{
    /// <summary>Executes a run to its end. Nothing of it is left running when this returns.</summary>
    /// <param name="observers">Receive the events in order.</param>
    /// <param name="store">The folder for the run's journal and the transfers' output; null to keep none. Targets that an earlier part of the run served are not served again.</param>
    /// <param name="controls">The user's controls of the run; null for none.</param>
    /// <param name="ct">Ends the run and everything that it has started, as <see cref="RunControls.Stop"/> with true does.</param>
    public async Task<RunResult> RunAsync(
        RunRequest request, IReadOnlyList<IRunObserver> observers, RunFolder? store, RunControls? controls, CancellationToken ct)
    {
        var served = store?.Served() ?? new HashSet<HostName>();
        var outcomes = new Outcomes(served);
        controls ??= new RunControls();
        using var stop = ct.Register(() => controls.Stop(kill: true));
        using var journal = store is null ? null : Journal.Open(store.JournalPath);
        // The journal is the first observer: a crash must not lose the record of what was served.
        IReadOnlyList<IRunObserver> all = journal is null ? [outcomes, .. observers] : [journal, outcomes, .. observers];
        var finished = await StartAsync(request, served, all, store, controls);
        if (journal?.Fault is { } fault) store!.JournalFault = fault;
        return outcomes.Result(finished);
    }

    /// <summary>The only place where the runner distinguishes the jobs.</summary>
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
