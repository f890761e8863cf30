using TreePush.Core.Dispatching;
using TreePush.Engine.Dispatching.Arrivals;

namespace TreePush.Engine.Dispatching;

/// <summary>
/// Takes files in and brings each package to its end. Several dispatchers, in one process or many, can use one folder: a package
/// is worked on by whoever has claimed it.
/// </summary>
public sealed class Dispatcher : IDisposable
{
    private static readonly TimeSpan AdoptEvery = TimeSpan.FromSeconds(30);

    private readonly DispatchContext _context;
    private readonly DispatchStop _stop;
    private readonly WorkSlots _slots;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _workers = [];

    public Dispatcher(DispatchContext context, DispatchStop stop) => (_context, _stop, _slots) = (context, stop, new WorkSlots(context.Parallel));

    /// <summary>Makes a file that a person named a package, and begins to work on it. A dispatcher that ends before that leaves the file in the journal.</summary>
    /// <returns>The package's id, or null if the file was refused.</returns>
    public async Task<string?> AdmitAsync(string path, Func<CancellationToken, Task<StagingOutcome>> stage, CancellationToken ct)
    {
        await _context.RecordAsync(new PackageSeen(Now, path));
        var (id, outcome) = await TryAdmitAsync(path, stage, ct);
        if (outcome?.Reason is { } reason) await RefuseAsync(path, $"it {reason}", outcome.Hint);
        return id;
    }

    /// <summary>Makes a file a package, and begins to work on it.</summary>
    /// <returns>The package's id, or null if no rule matches; and how the staging failed, if it did.</returns>
    public async Task<(string? Id, StagingOutcome? Fault)> TryAdmitAsync(string path, Func<CancellationToken, Task<StagingOutcome>> stage, CancellationToken ct)
    {
        var (rule, fault) = _context.Rules.Match(Path.GetFileName(path));
        if (rule is null)
        {
            await RefuseAsync(path, fault!, "treepush dispatch --check -c FILE NAME shows which rule a name takes");
            return (null, null);
        }

        var outcome = await stage(ct);
        if (outcome.Package is not { } staged) return (null, outcome);
        await ArriveAsync(path, staged, rule);
        Work(staged.Id);
        return (staged.Id, null);
    }

    /// <summary>Notes that a file can't become a package.</summary>
    public Task RefuseAsync(string path, string reason, string? hint) => _context.RecordAsync(new PackageRefused(Now, path, reason, hint));

    /// <summary>Takes in files that an earlier dispatcher was about to read when it ended.</summary>
    public async Task RecoverAsync(Staging staging, CancellationToken ct)
    {
        foreach (var seen in _context.Journal.Read(b => b.Unread.ToList())) await AdmitAsync(seen.Path, token => staging.StageFileAsync(seen.Path, token), ct);
        WorkOnAll();
    }

    /// <summary>Goes on with a package if it is not done yet and no other process has it.</summary>
    /// <returns>Whether it is being worked on here.</returns>
    public bool Work(string id)
    {
        lock (_gate)
        {
            if (_context.Journal.Read(b => b.Find(id)) is null or { IsFinal: true }) return false;
            if (_workers.ContainsKey(id)) return true;
            if (_context.Folder.TryClaim(id) is not { } claim) return false;
            _workers[id] = Task.Run(() => WorkAsync(id, claim));
            return true;
        }
    }

    /// <summary>Goes on with all packages that are not done yet and that no other process has.</summary>
    public void WorkOnAll()
    {
        foreach (string id in _context.Journal.Read(b => b.Packages.Where(p => !p.IsFinal).Select(p => p.Id).ToList())) Work(id);
    }

    /// <summary>Goes on, every while, with packages that another dispatcher has left because it was killed, until it is stopped.</summary>
    public async Task AdoptAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(AdoptEvery, _context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await _context.Journal.RefreshAsync(CancellationToken.None);
                WorkOnAll();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It was stopped.
        }
    }

    /// <summary>Waits until no package is worked on any more.</summary>
    public async Task WaitAsync()
    {
        while (Running() is { Count: > 0 } running) await Task.WhenAll(running);
    }

    public void Dispose() => _slots.Dispose();

    private List<Task> Running()
    {
        lock (_gate) return [.. _workers.Values];
    }

    /// <summary>A worker that fails stays in the list, so that whoever waits is told.</summary>
    private async Task WorkAsync(string id, IDisposable claim)
    {
        using (claim) await PackageWorker.RunAsync(_context, id, _slots, _stop);
        lock (_gate) _workers.Remove(id);
        // A retry may have been asked for just after the worker had seen its package's end.
        if (!_stop.Soon.IsCancellationRequested) Work(id);
    }

    private DateTimeOffset Now => _context.Time.GetUtcNow();

    private async Task ArriveAsync(string path, StagedPackage staged, DispatchRule rule)
    {
        var local = TimeZoneInfo.ConvertTime(Now, _context.Time.LocalTimeZone);
        var arrived = new PackageArrived(Now, staged.Id, staged.Name, path, staged.Size, staged.Sha256, rule.Name, rule.Folder.At(local), [.. rule.Hosts.Select(h => h.Host.Name)], rule.InstallCommand is not null);
        if (await _context.RecordAsync(arrived)) return;
        await _context.RecordAsync(new PackageRepeated(Now, staged.Id, path));
        if (_context.Journal.Read(b => b.Find(staged.Id)) is { IsDone: true }) _context.Folder.Remove(staged.Id);
        // Its author has dropped it once more. An install that failed, or whose end is not known, is not repeated on the strength of that.
        foreach (var delivery in _context.Journal.Read(b => b.Find(staged.Id))!.Deliveries.Values)
            if (delivery is { State: PackageState.Failed, Delivered: null }) await _context.RecordAsync(new RetryAsked(Now, staged.Id, delivery.Host, Install: false));
    }
}
