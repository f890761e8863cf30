using TreePush.Relay.Control;
using TreePush.Relay.Files;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Sources;

/// <summary>Lists SRC into the ledger, page by page, so that hosts can compare while the listing continues.</summary>
internal sealed class SourceScanner(SourceTree tree, RelayOptions options, PathFilter filter, PieceInventory inventory, LedgerWriter ledger, ControlChannel control)
{
    /// <summary>
    /// The piece size depends on the size of the tree, which is known only at the end. The scanner waits for this many entries at
    /// most before it chooses.
    /// </summary>
    private const int EntriesBeforeFirstPage = 20_000;

    private readonly List<ManifestEntry> _found = [];
    private long _bytes;
    private readonly List<RelativePath> _skipped = [];
    private int _unread;
    private bool _hasBegun;

    public void Run()
    {
        tree.Scan(filter, new ScanOptions(options.Owner, options.OneFileSystem), Take, Warn, CancellationToken.None);
        Begin();
        WritePages(least: 1);
        foreach (var paths in _skipped.Chunk(Page.MostEntries)) ledger.Write(LedgerKind.Skipped, Page.Skipped(paths));
        ledger.Write(LedgerKind.Manifest, Page.Manifest(isWhole: _unread == 0));
        lock (inventory.Gate)
            control.Send(new ControlMessage.SourceScanned(inventory.Catalog.Entries.Count, inventory.Catalog.Bytes) { Skipped = _skipped.Count - _unread, Unread = _unread });
    }

    private void Take(ManifestEntry entry)
    {
        _found.Add(entry);
        _bytes += entry.Size;
        if (!_hasBegun && _found.Count >= EntriesBeforeFirstPage) Begin();
        if (_hasBegun) WritePages(least: Page.MostEntries);
    }

    private void Begin()
    {
        if (_hasBegun) return;
        ledger.Write(LedgerKind.Begin, Page.Begin(PieceSize.ForRun(_bytes, options.Hosts), tree.IsFile, tree.IsFile ? tree.Name.Span : []));
        _hasBegun = true;
    }

    private void WritePages(int least)
    {
        int at = 0;
        while (_found.Count - at >= least)
        {
            int count = CountForPage(at);
            Write(_found.GetRange(at, count));
            at += count;
        }

        _found.RemoveRange(0, at);
    }

    /// <summary>Returns how many entries fit on a page, however long their paths and links are.</summary>
    private int CountForPage(int at)
    {
        int count = 0;
        for (int bytes = 0; count < Page.MostEntries && at + count < _found.Count; count++)
        {
            var entry = _found[at + count];
            bytes += entry.Path.Bytes.Length + entry.LinkTarget.Length + EntryCodec.MostBesidePath;
            if (bytes > Page.MostEntryBytes) break;
        }

        return count;
    }

    /// <summary>Writes a page of entries, and records that their pieces are on this host.</summary>
    private void Write(List<ManifestEntry> entries)
    {
        ledger.Write(LedgerKind.Entries, Page.Entries(entries));
        lock (inventory.Gate)
        {
            int first = inventory.Catalog.Entries.Count - entries.Count;
            long piece = inventory.Catalog.PiecesOf(first).First;
            inventory.AddHere(new PieceRange(piece, inventory.Catalog.Pieces - piece));
        }
    }

    private void Warn(FileFault fault)
    {
        // Special files, temporaries and mount points are left out on purpose, and vanished files were deleted. The rest are files
        // that could not be read.
        bool isLeftOut = fault.Kind is FileFaultKind.Special or FileFaultKind.Temporary or FileFaultKind.OtherFileSystem;
        if (fault.Kind != FileFaultKind.Vanished) _skipped.Add(fault.Path);
        if (fault.Kind != FileFaultKind.Vanished && !isLeftOut) _unread++;
        control.Send(new ControlMessage.FileWarning(fault.Path.ToString(), fault.Text));
    }
}
