using System.Text;
using TreePush.Core.Broadcasting;
using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Control;
using TreePush.Relay.Files;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>
/// A target's work, on a thread of its own: compare the whole manifest, and only then write: directories, links and empty
/// files first, then what the link brings, then what has to go. A mirror compares only, and serves what is equal.
/// </summary>
internal sealed class TargetRun(ControlMessage.Start start, PathFilter filter, Holdings holdings, FreshPieces fresh, ControlChannel control) : IPieceTaker, IDisposable
{
    private readonly RelayOptions _options = start.Options;
    private readonly TaskCompletionSource<TreePlace> _source = new();
    private TargetTree? _tree;
    private NeedPlan? _plan;
    private Receiver? _receiver;
    private FilesUnderWay? _underWay;
    private ParentLink? _parent;
    private int _compared;
    private int _withdrawn;
    private int _missed;
    private int _deleted;
    private bool _isNeedKnown;
    private long _needed;

    /// <summary>Where SRC is: known with the first parent.</summary>
    public void KnowSource(TreePlace source) => _source.TrySetResult(source);

    /// <summary>Readers of this host's files, for links to children.</summary>
    public IContent NewContent() => new TargetContent(() => _tree!, () => _underWay, holdings);

    /// <summary>What is there by now. Under the holdings' lock.</summary>
    public (long Have, long Needed) Progress() => (_needed - (_receiver?.NeedBytes ?? 0), _needed);

    /// <summary>From now on this is the parent: it is told of all that is still needed.</summary>
    public void SetParent(ParentLink parent)
    {
        lock (holdings.Gate)
        {
            _parent = parent;
            if (_isNeedKnown && !_receiver!.Need.IsEmpty) parent.Send(new LinkMessage.Need(_receiver.Need.ToRanges()));
        }
    }

    public void Take(PieceBuffer buffer, int piece, PieceCoding coding, int at) => _receiver?.Take(buffer, piece, coding, at);

    public void Tell() => _receiver?.Tell();

    /// <exception cref="RelayFaultException">The host can't go on.</exception>
    public void Run()
    {
        try
        {
            Open();
            _plan = new NeedPlan(_tree!.Compare, HasPartial, _options.Checksum);
            CompareAll();
            if (_plan.Conflicts is { } conflicts)
                throw new RelayFaultException(RelayFault.Conflict, $"a directory would have to become a file, or a file a directory: {conflicts}; only --force replaces them");
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

    public void Dispose() => _underWay?.AbandonAll();

    private void Open()
    {
        lock (holdings.Gate)
            while (!holdings.HasBegun) Monitor.Wait(holdings.Gate);
        var options = new TargetOptions(holdings.SourceIsFile, holdings.SourceName, _options.Force);
        _tree = TargetTree.OpenAt(Encoding.UTF8.GetBytes(start.Path), options);
        if (start.Role == RelayRole.Target) RefuseSource(_tree.Place(), _source.Task.Result);
        _underWay = new FilesUnderWay(_tree, holdings);
        lock (holdings.Gate) _receiver = new Receiver(holdings, fresh, _tree, _underWay);
    }

    /// <summary>A tree is neither copied into itself nor, with what surrounds it, deleted.</summary>
    private void RefuseSource(TreePlace place, TreePlace source)
    {
        if (place.IsSameAs(source)) return;
        if (source.Contains(place)) throw new RelayFaultException(RelayFault.InsideSource, $"DEST {start.Path} lies inside SRC: it would be copied into itself");
        if (_options.Delete && place.Contains(source)) throw new RelayFaultException(RelayFault.InsideSource, $"SRC lies inside DEST {start.Path}: --delete would delete it");
    }

    private bool HasPartial(ManifestEntry entry)
    {
        if (start.Role == RelayRole.Mirror || entry.Size <= PieceSize.ForFile(entry.Size, holdings.Catalog.PieceSizeOfRun)) return false;
        return _tree!.HasPartial(entry);
    }

    /// <summary>Compares entries as they come, until the manifest is complete.</summary>
    private void CompareAll()
    {
        while (NextListed(wait: true) is { } listed) _plan!.Compare(listed.Number, listed.Entry);
    }

    /// <returns>The next entry that was not compared yet; null where there is none, and, if waited for, none to come.</returns>
    private (int Number, ManifestEntry Entry)? NextListed(bool wait)
    {
        lock (holdings.Gate)
        {
            while (wait && _compared == holdings.Catalog.Entries.Count && !holdings.IsManifestComplete) Monitor.Wait(holdings.Gate);
            return _compared == holdings.Catalog.Entries.Count ? null : (_compared, holdings.Catalog.Entries[_compared++]);
        }
    }

    private void Report()
    {
        var plan = _plan!;
        long bytes = plan.Lacking.Concat(plan.Candidates.Select(c => c.Entry)).Sum(e => Listed(e).Size);
        int deletions = _options is { DryRun: true, Delete: true } && start.Role == RelayRole.Target ? CountDeletions() : 0;
        control.Send(new ControlMessage.Scanned(new Need(plan.Files, bytes, plan.Changes, deletions)));
        if (_options.DryRun) return;
        var wanted = new PieceSet();
        foreach (int entry in plan.Lacking) wanted.Add(entry);
        foreach (var candidate in plan.Candidates) wanted.Add(candidate.Entry);
        if (!wanted.IsEmpty) control.Send(new ControlMessage.Wants(wanted.ToRanges()));
    }

    private void ServeEqual()
    {
        ServeEqual(_plan!);
        var checker = new Checker(holdings, _tree!, _underWay!, _receiver!, _ => { });
        foreach (var candidate in _plan!.Candidates)
            if (checker.Check(candidate, mayWrite: false)) AddHere(candidate.Entry);
    }

    private void Deliver()
    {
        Prepare();
        Expect(_plan!);
        BringAll();
        Finish();
        // The source may yet take a file back and list it anew: those behind this host count on its having that too.
        while (true)
        {
            WaitForNews();
            BringAll();
            _tree!.FinishDirectories(Directories(), Tell);
        }
    }

    private void BringAll()
    {
        while (true)
        {
            Settle(_plan!);
            var late = new NeedPlan(_tree!.Compare, _ => false, _options.Checksum);
            bool more = false;
            for (; NextListed(wait: false) is { } listed; more = true) late.Compare(listed.Number, listed.Entry);
            if (more)
            {
                MakeEmpty(late);
                Expect(late);
                _plan = late;
            }
            else if (WaitForPieces()) return;
        }
    }

    /// <summary>All that needs no content.</summary>
    private void Prepare()
    {
        foreach (int entry in _plan!.Directories) _tree!.MakeDirectory(Listed(entry));
        foreach (int entry in _plan.Symlinks) _tree!.MakeSymlink(Listed(entry));
        MakeEmpty(_plan);
    }

    private void MakeEmpty(NeedPlan plan)
    {
        foreach (int entry in plan.Empty) _tree!.WriteWhole(Listed(entry), []);
        foreach (int entry in plan.Metadata) _tree!.ApplyMetadata(Listed(entry));
    }

    /// <summary>Tells the parent what is needed, and offers what is here to children.</summary>
    private void Expect(NeedPlan plan)
    {
        ServeEqual(plan);
        lock (holdings.Gate)
        {
            var needed = new PieceSet();
            foreach (int entry in plan.Lacking)
            {
                if (holdings.Catalog.IsWithdrawn(entry)) continue;
                needed.Add(holdings.Catalog.PiecesOf(entry));
                AddNeed(entry);
            }

            _isNeedKnown = true;
            if (!needed.IsEmpty) _parent?.Send(new LinkMessage.Need(needed.ToRanges()));
            holdings.Pulse();
        }
    }

    private void ServeEqual(NeedPlan plan)
    {
        foreach (int entry in plan.Equal) AddHere(entry);
    }

    private void AddHere(int entry)
    {
        lock (holdings.Gate)
        {
            if (holdings.Catalog.IsWithdrawn(entry)) return;
            holdings.AddHere(holdings.Catalog.PiecesOf(entry));
            holdings.Pulse();
        }
    }

    private void AddNeed(int entry)
    {
        long before = _receiver!.NeedBytes;
        var pieces = holdings.Catalog.PiecesOf(entry);
        for (int piece = (int)pieces.First; piece < pieces.End; piece++) _receiver.AddNeed(piece);
        _needed += _receiver.NeedBytes - before;
    }

    /// <summary>Decides on what may be here already.</summary>
    private void Settle(NeedPlan plan)
    {
        var checker = new Checker(holdings, _tree!, _underWay!, _receiver!, NeedPiece);
        foreach (var candidate in plan.Candidates)
        {
            if (!checker.Check(candidate, mayWrite: true)) continue;
            AddHere(candidate.Entry);
            if (_tree!.Compare(Listed(candidate.Entry)).Lack != Lack.Nothing) _tree.ApplyMetadata(Listed(candidate.Entry));
        }

        plan.Candidates.Clear();
    }

    private void NeedPiece(int piece)
    {
        lock (holdings.Gate)
        {
            long before = _receiver!.NeedBytes;
            _receiver.AddNeed(piece);
            _needed += _receiver.NeedBytes - before;
            _parent?.Send(new LinkMessage.Need([new PieceRange(piece, 1)]));
        }
    }

    /// <summary>Waits until nothing is missing, or there is something new to look at.</summary>
    /// <returns>Whether nothing is missing.</returns>
    private bool WaitForPieces()
    {
        lock (holdings.Gate)
            while (true)
            {
                DropWithdrawn();
                if (_compared < holdings.Catalog.Entries.Count) return false;
                if (_receiver!.Need.IsEmpty && !holdings.AwaitsListing) return true;
                Monitor.Wait(holdings.Gate);
            }
    }

    private void WaitForNews()
    {
        lock (holdings.Gate)
            while (_compared == holdings.Catalog.Entries.Count && _withdrawn == holdings.Withdrawn.Count) Monitor.Wait(holdings.Gate);
    }

    private void DropWithdrawn()
    {
        for (; _withdrawn < holdings.Withdrawn.Count; _withdrawn++)
        {
            var (entry, reason) = holdings.Withdrawn[_withdrawn];
            long before = _receiver!.NeedBytes;
            _receiver.Withdraw(holdings.Catalog.PiecesOf(entry));
            _needed -= before - _receiver.NeedBytes;
            if (reason is Withdrawal.Unreadable or Withdrawal.Unstable) _missed++;
            _underWay!.Drop(entry);
        }
    }

    private void Finish()
    {
        bool isWhole;
        lock (holdings.Gate) isWhole = holdings.IsListingWhole && _missed == 0;
        if (_options.Delete && isWhole) Delete(dryRun: false, _ => _deleted++);
        _tree!.FinishDirectories(Directories(), Tell);
        if (!isWhole)
        {
            control.Send(new ControlMessage.Failed(RelayFault.Incomplete, CanServe: true, "the source could not read all of its files; what it could is in place, nothing was deleted"));
            return;
        }

        lock (holdings.Gate)
        {
            var catalog = holdings.Catalog;
            string digest = Convert.ToHexStringLower(CatalogDigest.Of(catalog));
            control.Send(new ControlMessage.Delivered(
                new Receipt(catalog.Entries.Count, catalog.Bytes, holdings.Received, holdings.Sent, _receiver!.Written, _deleted, digest)));
        }
    }

    private ManifestEntry[] Directories()
    {
        lock (holdings.Gate) return [.. holdings.Catalog.Entries.Where(e => e.Kind == EntryKind.Directory)];
    }

    private int CountDeletions()
    {
        int count = 0;
        Delete(dryRun: true, _ => count++);
        return count;
    }

    private void Delete(bool dryRun, Action<RelativePath> deleted)
    {
        var kinds = new Dictionary<RelativePath, EntryKind>();
        lock (holdings.Gate)
        {
            // What could not be read is still there at the source: only what vanished there goes here.
            var vanished = holdings.Withdrawn.Where(w => w.Reason == Withdrawal.Vanished).Select(w => w.Entry).ToHashSet();
            for (int i = 0; i < holdings.Catalog.Entries.Count; i++)
                if (!vanished.Contains(i)) kinds[holdings.Catalog.Entries[i].Path] = holdings.Catalog.Entries[i].Kind;
        }

        _tree!.Delete(new DeletionRules(path => kinds.TryGetValue(path, out var kind) ? kind : null, filter, dryRun), deleted, Tell);
    }

    private void Tell(FileFault fault) => control.Send(new ControlMessage.Notice(fault.Path.ToString(), fault.Text));

    private ManifestEntry Listed(int entry)
    {
        lock (holdings.Gate) return holdings.Catalog.Entries[entry];
    }
}
