using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>Turns what a watch tells into what the tracker and the record of seen files take. Used by one loop.</summary>
internal sealed class ArrivalIntake(ArrivalTracker tracker, SeenFiles seen, ArrivalOptions options, Action<RefusedFile> refused)
{
    private bool _isBaseline;
    private int _found;

    public void Take(FolderChange change, DateTimeOffset now)
    {
        switch (change.Kind)
        {
            case FolderChangeKind.ScanStarted:
                ScanStarts();
                break;
            case FolderChangeKind.ScannedWhole or FolderChangeKind.ScannedPartly:
                ScanEnds(change.Kind == FolderChangeKind.ScannedWhole, $"{change.Status.Device}:{change.Status.Inode}");
                break;
            case FolderChangeKind.Gone:
                tracker.Gone(change.Path);
                break;
            case FolderChangeKind.FolderMovedAway:
                tracker.GoneBelow(change.Path);
                break;
            default:
                Take(change.Path, change.Status, SignOf(change.Kind), now);
                break;
        }
    }

    /// <summary>Something is there.</summary>
    public void Take(RelativePath path, EntryStatus status, FileSign sign, DateTimeOffset now)
    {
        if (status.Type == EntryType.Folder) return;
        _found++;
        var version = new FileVersion(status.Size, status.ModifiedNs, status.Inode);
        if (_isBaseline && sign == FileSign.Found) tracker.Ignore(path, version);
        else if ((RefusalReason.OfType(status.Type) ?? RefusalReason.OfPath(path)) is not { } reason) tracker.Observe(path, version, sign, now);
        else if (tracker.Ignore(path, version)) refused(new RefusedFile(path, reason, RefusalReason.HintFor(status.Type)));
    }

    private void ScanStarts()
    {
        _isBaseline = seen.IsNew && !options.Initial;
        _found = 0;
        seen.Known.BeginScan();
    }

    /// <summary>
    /// A file that a whole scan did not find is gone, but only if the folder is the one that was scanned before: the place where
    /// a disk should be mounted is empty as well. An empty folder is never taken for another one.
    /// </summary>
    private void ScanEnds(bool isWhole, string root)
    {
        if (isWhole && root == seen.Root) seen.Known.RemoveUnseen();
        else if (_found > 0) seen.SetRoot(root);
        if (_isBaseline && seen.Known.Count > 0)
            options.Notify(new FolderNotice($"{seen.Known.Count} file{(seen.Known.Count == 1 ? " was" : "s were")} there before the first start and will not be delivered", "--initial takes them too"));
        _isBaseline = false;
        if (seen.IsNew) seen.EndBaseline();
    }

    private static FileSign SignOf(FolderChangeKind kind) => kind switch
    {
        FolderChangeKind.MovedIn => FileSign.MovedIn,
        FolderChangeKind.Created => FileSign.Created,
        FolderChangeKind.Written => FileSign.Written,
        _ => FileSign.Found,
    };
}
