using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching;

/// <summary>Gives a dispatcher what arrives in a watched folder.</summary>
public sealed class FolderDispatch(Dispatcher dispatcher, DispatchFolder state, Staging staging, ArrivalOptions options, TimeProvider time)
{
    private readonly TaskGroup _refusals = new();
    private Exception? _fault;

    /// <summary>Runs until it is stopped. What arrives while it does not run is found at its next start.</summary>
    /// <param name="folder">The full path of the folder.</param>
    /// <param name="warn">Told what a person should know.</param>
    /// <exception cref="IOException">The journal, or the record of seen files, can't be written.</exception>
    public async Task RunAsync(string folder, Action<string> warn, CancellationToken stop)
    {
        using var seen = SeenFiles.Open(SeenFiles.PathFor(state.Path, folder));
        var watch = new ArrivalWatch(folder, staging, seen, options, time);
        try
        {
            await watch.RunAsync((file, ct) => AdmitAsync(file, warn, ct), refused => Refuse(folder, refused), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was stopped.
        }

        await _refusals.WaitAsync();
        if (_fault is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_fault);
    }

    /// <summary>The file is acknowledged only when the journal has its package. If it changed while it was read, it arrives again.</summary>
    private async Task AdmitAsync(ArrivedFile file, Action<string> warn, CancellationToken ct)
    {
        var (_, fault) = await dispatcher.TryAdmitAsync(file.FullPath, file.StageAsync, ct);
        switch (fault?.Fault)
        {
            case StagingFault.Changed or StagingFault.Gone or StagingFault.NotAFile:
                return;
            case StagingFault.NotStored:
                warn($"{DisplayText.Line(file.FullPath)} {fault.Reason}; it is tried again");
                return;
            case StagingFault.Unreadable:
                await dispatcher.RefuseAsync(file.FullPath, $"it {fault.Reason}", fault.Hint);
                break;
        }

        await file.AcknowledgeAsync(CancellationToken.None);
    }

    private void Refuse(string folder, RefusedFile refused) =>
        _refusals.Run(() => dispatcher.RefuseAsync(Path.Combine(folder, DisplayText.OfBytes(refused.Path.Bytes)), $"it {refused.Reason}", refused.Hint), fault => _fault = fault);
}
