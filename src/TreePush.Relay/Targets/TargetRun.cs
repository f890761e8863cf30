using System.Text;
using TreePush.Core.Syncing;
using TreePush.Relay.Control;
using TreePush.Relay.Files;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>
/// The work of a target, on a thread of its own. It compares the whole manifest before it writes anything. Then it creates
/// directories, links and empty files, receives content, and deletes extraneous files last. A mirror only compares, and serves
/// what is equal.
/// </summary>
internal sealed class TargetRun(ControlMessage.Start start, PathFilter filter, PieceInventory inventory, FreshPieces fresh, ControlChannel control) : IPieceTaker, IDisposable
{
    private readonly RelayOptions _options = start.Options;
    private readonly ListedEntries _listed = new(inventory);
    private readonly Needs _needs = new(inventory);
    private TreePlace? _source;
    private TargetTree? _tree;
    private TargetChecks? _checks;
    private NeedPlan? _plan;
    private Receiver? _receiver;
    private FilesUnderWay? _underWay;
    private PathFailures? _failures;
    private GroupCommit? _commit;
    private Claim? _claim;
    private int _hasReportedLack;

    /// <summary>This relay's public key, which is sent to other relays of the run that work on the same files. Without a key, no claim is made.</summary>
    public byte[] Key { get; init; } = [];

    /// <summary>Sets the location of SRC, which the first parent's message contains.</summary>
    public void KnowSource(TreePlace source)
    {
        lock (inventory.Gate)
        {
            _source ??= source;
            inventory.Pulse();
        }
    }

    /// <summary>Creates a reader of this host's files, for a link to a child.</summary>
    public IContent NewContent() => new TargetContent(() => _tree!, () => _underWay, inventory);

    /// <inheritdoc cref="Needs.Progress"/>
    public (long Have, long Needed) Progress() => _needs.Progress();

    /// <inheritdoc cref="Needs.SetParent"/>
    public void SetParent(ParentLink parent) => _needs.SetParent(parent);

    public void Take(PieceBuffer buffer, int piece, PieceCoding coding, int at) => _receiver?.Take(buffer, piece, coding, at);

    public void Notify() => _receiver?.Notify();

    /// <exception cref="RelayFaultException">The host can't continue.</exception>
    public void Run()
    {
        try
        {
            Open();
            if (start.Role == RelayRole.Target && Key.Length > 0 && IsDuplicate()) return;
            _plan = new NeedPlan(Compare, HasPartial, _options.Checksum);
            CompareAll();
            _checks?.CheckPlan(_plan);
            TargetChecks.CheckConflicts(_plan);
            Report();
            if (_options.DryRun) return;
            if (start.Role == RelayRole.Mirror) ServeEqual();
            else Deliver();
        }
        catch (FileFaultException e)
        {
            throw RelayFaultException.Of(e);
        }
    }

    /// <summary>Removes incomplete files and stops writing, because the disk is full.</summary>
    public void MakeRoom()
    {
        _commit?.Dispose();
        _underWay?.RemoveAll();
    }

    public void Dispose()
    {
        _commit?.Dispose();
        _underWay?.AbandonAll();
        _claim?.Dispose();
    }

    /// <summary>Whether another relay of this run works on the same files. That relay does the work, and this one does nothing.</summary>
    private bool IsDuplicate()
    {
        _claim = Claim.Make(start.Run, _tree!.Canonical(), Key, out byte[]? holder);
        if (holder is not null) control.Send(new ControlMessage.Duplicate(holder));
        return holder is not null;
    }

    /// <summary>Closes DEST when no thread uses it any more. A relay leaves this to the end of its process.</summary>
    public void CloseTree()
    {
        _commit?.Join();
        _tree?.Dispose();
    }

    private void Open()
    {
        var source = AwaitSource();
        _tree = TargetTree.OpenAt(Encoding.UTF8.GetBytes(start.Path), new TargetOptions(inventory.SourceIsFile, inventory.SourceName, _options.Force));
        if (start.Role == RelayRole.Target) _checks = new TargetChecks(start, inventory, _tree, _listed);
        _checks?.CheckPlace(source);
        _failures = new PathFailures(Warn, _tree.IsReadOnly);
        _underWay = new FilesUnderWay(_tree, inventory);
        var receiver = new Receiver(inventory, fresh, _underWay, _failures, ReportLack);
        _needs.Begin(receiver);
        Volatile.Write(ref _receiver, receiver);
    }

    private TreePlace AwaitSource()
    {
        lock (inventory.Gate)
            while (true)
            {
                if (inventory.HasBegun && _source is { } source) return source;
                Monitor.Wait(inventory.Gate);
            }
    }

    /// <summary>Compares an entry. An entry that can't be examined counts as missing: writing it will fail and show why.</summary>
    private Comparison Compare(ManifestEntry entry)
    {
        var found = Comparison.Missing;
        _failures!.Try(() => found = _tree!.Compare(entry));
        return found;
    }

    private bool HasPartial(ManifestEntry entry)
    {
        if (start.Role == RelayRole.Mirror || entry.Size <= PieceSize.ForFile(entry.Size, inventory.Catalog.PieceSizeOfRun)) return false;
        return _tree!.HasPartial(entry);
    }

    /// <summary>Compares entries as they arrive, until the manifest is complete.</summary>
    private void CompareAll()
    {
        while (_listed.Await() is { } listed) _plan!.Compare(listed.Number, listed.Entry);
    }

    private void Report()
    {
        var plan = _plan!;
        long bytes = plan.Lacking.Concat(plan.Candidates.Select(c => c.Entry)).Sum(e => _listed[e].Size);
        bool isWhole;
        lock (inventory.Gate) isWhole = inventory.IsListingWhole;
        int deletions = isWhole && _options is { DryRun: true, Delete: true } && start.Role == RelayRole.Target ? Deletions().Count(_failures!.AddLate) : 0;
        if (_options.DryRun && Completion.Excess(_options, deletions) is { } excess) throw new RelayFaultException(RelayFault.TooManyDeletions, excess);
        if (_options.DryRun && _failures!.Summary() is { } summary) throw new RelayFaultException(RelayFault.PathsFailed, summary);
        control.Send(new ControlMessage.Scanned(new Need(plan.Files, bytes, plan.Changes, deletions)) { IsWhole = isWhole });
        if (_options.DryRun) return;
        var wanted = new PieceSet();
        foreach (int entry in plan.Lacking) wanted.Add(entry);
        foreach (var candidate in plan.Candidates) wanted.Add(candidate.Entry);
        if (!wanted.IsEmpty) control.Send(new ControlMessage.Wants(wanted.ToRanges()));
    }

    private void ServeEqual()
    {
        ServeEqual(_plan!);
        var checker = new Checker(inventory, _tree!, _underWay!, _receiver!, _ => { });
        foreach (var candidate in _plan!.Candidates)
            if (checker.Check(candidate, mayWrite: false)) AddHere(candidate.Entry);
    }

    private void Deliver()
    {
        if (!_options.NoFsync) BeginCommitting();
        Prepare();
        Expect(_plan!);
        BringAll();
        new Completion(_options, inventory, Deletions(), _failures!, control).Conclude(_needs.Missed, _receiver!.Written, FinishDirectories);
        // The source may still withdraw a file and list it anew. The children of this host rely on it to get the new version too.
        while (true)
        {
            WaitForNews();
            BringAll();
            FinishDirectories();
        }
    }

    private void BeginCommitting()
    {
        var receiver = _receiver!;
        _commit = new GroupCommit(inventory, _tree!.Flush, receiver.Name, receiver.Lose);
        receiver.Commit = _commit;
        _commit.Start();
    }

    private void BringAll()
    {
        while (true)
        {
            Settle(_plan!);
            var late = new NeedPlan(Compare, _ => false, _options.Checksum);
            bool more = false;
            for (; _listed.Next() is { } listed; more = true) late.Compare(listed.Number, listed.Entry);
            if (more)
            {
                MakeEmpty(late);
                Expect(late);
                _plan = late;
            }
            else if (WaitForPieces()) return;
        }
    }

    /// <summary>Creates everything that needs no content.</summary>
    private void Prepare()
    {
        foreach (int entry in _plan!.Directories) _failures!.Try(() => _tree!.MakeDirectory(_listed[entry]));
        if (_plan.Changes > 0) _checks!.CheckNames(_failures!);
        foreach (int entry in _plan.Symlinks) _failures!.Try(() => _tree!.MakeSymlink(_listed[entry]));
        MakeEmpty(_plan);
    }

    private void MakeEmpty(NeedPlan plan)
    {
        foreach (int entry in plan.Empty) _failures!.Try(() => _tree!.WriteWhole(_listed[entry], []));
        foreach (int entry in plan.Metadata) _failures!.Try(() => _tree!.ApplyMetadata(_listed[entry]));
    }

    /// <summary>Tells the parent what is needed, and offers what is on this host to children.</summary>
    private void Expect(NeedPlan plan)
    {
        ServeEqual(plan);
        _needs.AddFiles(plan.Lacking);
    }

    private void ServeEqual(NeedPlan plan)
    {
        foreach (int entry in plan.Equal) AddHere(entry);
    }

    private void AddHere(int entry)
    {
        lock (inventory.Gate)
        {
            if (inventory.Catalog.IsWithdrawn(entry)) return;
            inventory.AddHere(inventory.Catalog.PiecesOf(entry));
            inventory.Pulse();
        }
    }

    /// <summary>Checks the files whose content may be on this host already.</summary>
    private void Settle(NeedPlan plan)
    {
        var right = new List<ManifestEntry>();
        var checker = new Checker(inventory, _tree!, _underWay!, _receiver!, _needs.AddPiece);
        foreach (var candidate in plan.Candidates)
        {
            if (!checker.Check(candidate, mayWrite: true)) continue;
            AddHere(candidate.Entry);
            if (Compare(_listed[candidate.Entry]).Lack != Lack.Nothing) right.Add(_listed[candidate.Entry]);
        }

        plan.Candidates.Clear();
        PutRight(right);
    }

    /// <summary>Sets owner, mode and time. The time promises that the content is right, so the content is flushed first.</summary>
    private void PutRight(List<ManifestEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (_commit is not null && !_failures!.Try(() => _tree!.FlushContent(entry.Path))) continue;
            _failures!.Try(() => _tree!.ApplyMetadata(entry));
        }
    }

    /// <summary>Waits until nothing is missing, or new entries have arrived.</summary>
    /// <returns>Whether nothing is missing.</returns>
    private bool WaitForPieces()
    {
        while (true)
        {
            List<int> dropped;
            lock (inventory.Gate)
                while ((dropped = _needs.DropWithdrawn()).Count == 0)
                {
                    if (!_listed.AreOut) return false;
                    if (_needs.AreMet && !inventory.AwaitsListing && IsCommitted()) return true;
                    Monitor.Wait(inventory.Gate);
                }

            foreach (int entry in dropped) _underWay!.Drop(entry);
        }
    }

    /// <summary>Whether all received files have their final names. If not, they are flushed at once, because no more files are expected.</summary>
    private bool IsCommitted()
    {
        if (_commit is null || _commit.IsDone) return true;
        _commit.Hurry();
        return false;
    }

    private void WaitForNews()
    {
        lock (inventory.Gate)
            while (_listed.AreOut && !_needs.AreOutdated) Monitor.Wait(inventory.Gate);
    }

    /// <summary>Finishes directories and flushes all changes, so that everything in place survives a power cut.</summary>
    private void FinishDirectories()
    {
        var directories = _listed.Directories();
        _tree!.FinishDirectories(directories, _failures!.AddLate);
        if (_commit is not null) _tree.FlushAll(directories, _failures.AddLate);
    }

    private void Warn(FileFault fault) => control.Send(new ControlMessage.FileWarning(fault.Path.IsRoot ? "" : fault.Path.ToString(), fault.Text));

    /// <summary>
    /// Tells the controller, once, that this host can't be a parent any more: a child would wait for ever for content that this
    /// host can't store.
    /// </summary>
    private void ReportLack(ManifestEntry entry)
    {
        if (Interlocked.Exchange(ref _hasReportedLack, 1) == 1) return;
        control.Send(new ControlMessage.Lacking($"it can't store {entry.Path}"));
    }

    private Deletions Deletions() => new(inventory, _tree!, filter, _options);
}
