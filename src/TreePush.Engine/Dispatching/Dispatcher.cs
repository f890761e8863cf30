using System.Collections.Concurrent;
using TreePush.Core.Dispatching;

namespace TreePush.Engine.Dispatching;

/// <summary>
/// Takes files in and brings each package to its end. Several dispatchers, in one process or many, can use one folder: a package
/// is worked on by whoever has claimed it.
/// </summary>
public sealed class Dispatcher : IDisposable
{
    private readonly DispatchContext _context;
    private readonly DispatchStop _stop;
    private readonly WorkSlots _slots;
    private readonly ConcurrentDictionary<string, Task> _workers = [];

    public Dispatcher(DispatchContext context, DispatchStop stop) => (_context, _stop, _slots) = (context, stop, new WorkSlots(context.Parallel));

    /// <summary>Makes a file a package, and begins to work on it.</summary>
    /// <param name="stage">Makes a private copy of the file; null in place of the package, and the reason, if it can't be read.</param>
    /// <returns>The package's id, or null if the file was refused.</returns>
    public async Task<string?> AdmitAsync(string path, Func<CancellationToken, Task<(StagedPackage? Package, string? Reason)>> stage, CancellationToken ct)
    {
        await _context.RecordAsync(new PackageSeen(Now, path));
        var (rule, fault) = _context.Rules.Match(Path.GetFileName(path));
        if (rule is null) return await RefuseAsync(path, fault!, "treepush dispatch --check -c FILE NAME says which rule a name takes");
        var (staged, reason) = await stage(ct);
        if (staged is null) return await RefuseAsync(path, reason!, null);
        await ArriveAsync(path, staged, rule);
        Work(staged.Id);
        return staged.Id;
    }

    /// <summary>Goes on with a package if it is not done yet and no other process has it.</summary>
    /// <returns>Whether it is being worked on here.</returns>
    public bool Work(string id)
    {
        if (_context.Journal.Read(b => b.Find(id)) is null or { IsFinal: true }) return false;
        if (_workers.TryGetValue(id, out var running) && !running.IsCompleted) return true;
        if (_context.Folder.TryClaim(id) is not { } claim) return false;
        _workers[id] = Task.Run(async () =>
        {
            using (claim) await PackageWorker.RunAsync(_context, id, _slots, _stop);
        });
        return true;
    }

    /// <summary>Goes on with all packages that are not done yet and that no other process has.</summary>
    public void WorkOnAll()
    {
        foreach (string id in _context.Journal.Read(b => b.Packages.Where(p => !p.IsFinal).Select(p => p.Id).ToList())) Work(id);
    }

    /// <summary>Waits until no package is worked on any more.</summary>
    public async Task WaitAsync()
    {
        while (_workers.Values.Where(w => !w.IsCompleted).ToList() is { Count: > 0 } running) await Task.WhenAll(running);
        await Task.WhenAll(_workers.Values);
    }

    public void Dispose() => _slots.Dispose();

    private DateTimeOffset Now => _context.Time.GetUtcNow();

    private async Task<string?> RefuseAsync(string path, string reason, string? hint)
    {
        await _context.RecordAsync(new PackageRefused(Now, path, reason, hint));
        return null;
    }

    private async Task ArriveAsync(string path, StagedPackage staged, DispatchRule rule)
    {
        var local = TimeZoneInfo.ConvertTime(Now, _context.Time.LocalTimeZone);
        var arrived = new PackageArrived(Now, staged.Id, staged.Name, path, staged.Size, staged.Sha256, rule.Name, rule.Folder.At(local), [.. rule.Hosts.Select(h => h.Host.Name)], rule.InstallCommand is not null);
        if (await _context.RecordAsync(arrived)) return;
        await _context.RecordAsync(new PackageRepeated(Now, staged.Id, path));
        // Its author has dropped it once more. An install that failed, or whose end is not known, is not repeated on the strength of that.
        foreach (var delivery in _context.Journal.Read(b => b.Find(staged.Id))!.Deliveries.Values)
            if (delivery is { State: PackageState.Failed, Delivered: null }) await _context.RecordAsync(new RetryAsked(Now, staged.Id, delivery.Host, Install: false));
    }
}
