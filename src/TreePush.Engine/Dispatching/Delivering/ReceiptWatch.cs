using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>Makes outcomes of what a sync tells of its targets, while it goes on. A host's home is asked for where the folder is relative to it.</summary>
internal sealed class ReceiptWatch(
    StagedPackage package, string folder, IReadOnlyList<HostAccess> hosts, HomeFolders homes, Action<HostName, DeliveryOutcome> each, CancellationToken ct) : IRunObserver
{
    private readonly Lock _gate = new();
    private readonly TaskGroup _asking = new();
    private readonly Dictionary<HostName, HostAccess> _left = hosts.ToDictionary(h => h.Host.Name);

    public void OnEvent(RunEvent happened)
    {
        switch (happened)
        {
            case TargetServed e: Serve(e.Target); break;
            case TargetFailed e: Tell(e.Target, DeliveryFailure.Of(package, folder, e.Failure)); break;
        }
    }

    /// <summary>Waits until all is told that was heard.</summary>
    public Task EndAsync() => _asking.WaitAsync();

    /// <summary>Tells of all that were not told of yet.</summary>
    public void Fail(Failure failure)
    {
        HostName[] left;
        lock (_gate) left = [.. _left.Keys];
        foreach (var host in left) Tell(host, DeliveryFailure.Of(package, folder, failure));
    }

    private void Serve(HostName host)
    {
        HostAccess? access;
        lock (_gate) access = _left.GetValueOrDefault(host);
        if (access is null) return;
        if (folder.StartsWith('/')) Tell(host, Delivered(""));
        else _asking.Run(() => ServeAtHomeAsync(access), e => Tell(host, DeliveryFailure.Of(package, folder, new Failure(FailureKind.ControllerFault, e.Message))));
    }

    private async Task ServeAtHomeAsync(HostAccess access)
    {
        try
        {
            Tell(access.Host.Name, Delivered(await homes.OfAsync(access, ct)));
        }
        catch (RemoteException e)
        {
            Tell(access.Host.Name, DeliveryFailure.Of(package, folder, e.Failure));
        }
    }

    private DeliveryOutcome Delivered(string home)
    {
        string full = new FileCopy(folder, package.Name, package.Size).FullFolder(home);
        return new DeliveryOutcome(full, DeliveryFailure.PathIn(full, package.Name), DeliveryProof.Receipt, null);
    }

    private void Tell(HostName host, DeliveryOutcome outcome)
    {
        lock (_gate)
            if (_left.Remove(host)) each(host, outcome);
    }
}
