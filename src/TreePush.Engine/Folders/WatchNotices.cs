using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders.Linux;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Folders;

/// <summary>Notifies the user of what a watch can't do, once for as long as it lasts.</summary>
internal sealed class WatchNotices(string folder, Action<FolderNotice> notify)
{
    /// <summary>Unreadable places that are named; a hostile folder may have any number.</summary>
    private const int MostNamed = 100;

    private readonly HashSet<RelativePath> _unreadable = [];
    private readonly string _name = DisplayText.Line(folder);
    private int _away;
    private bool _isLimited;

    public void FolderIsAway(int error) => FolderIsAway(error, Errno.Text(error));

    public void FolderIsAway(int error, string reason)
    {
        if (_away == error) return;
        _away = error;
        notify(new FolderNotice($"the folder {_name} can't be watched: {reason}; waiting for it"));
    }

    public void FolderIsThere()
    {
        if (_away == 0) return;
        _away = 0;
        notify(new FolderNotice($"the folder {_name} is there"));
    }

    public void FolderWasReplaced() => notify(new FolderNotice($"another folder is now at {_name}; watching that one"));

    /// <summary>The system has no queue of changes for this process.</summary>
    public void NotWatched(int error) => Limited($"changes in {_name} can't be followed: {Errno.Text(error)}; it is scanned from time to time",
        error == Errno.TooManyFiles ? "raise fs.inotify.max_user_instances by sysctl" : null);

    /// <summary>The whole folder was scanned.</summary>
    /// <param name="isWatched">Whether there is a queue of changes.</param>
    public void ScannedAll(TreeScan scan, bool isWatched)
    {
        if (scan.Unreadable.Count == 0) _unreadable.Clear();
        if (isWatched && scan.WatchError == 0) _isLimited = false;
        Scanned(scan);
    }

    public void Scanned(TreeScan scan)
    {
        foreach (var (path, error) in scan.Unreadable) Unreadable(path, error);
        if (scan.WatchError == Errno.NoSpace) Limited($"{_name} has more folders than this user may watch; it is scanned from time to time", "raise fs.inotify.max_user_watches by sysctl");
        else if (scan.WatchError != 0) Limited($"some of {_name} can't be watched: {Errno.Text(scan.WatchError)}; it is scanned from time to time", null);
    }

    public void Unreadable(RelativePath path, int error) => Unreadable(path, Errno.Text(error));

    public void Unreadable(RelativePath path, string reason)
    {
        if (_unreadable.Count < MostNamed && _unreadable.Add(path))
            notify(new FolderNotice($"{path} in {_name} can't be read: {DisplayText.Line(reason)}"));
    }

    private void Limited(string message, string? hint)
    {
        if (_isLimited) return;
        _isLimited = true;
        notify(new FolderNotice(message, hint));
    }
}
