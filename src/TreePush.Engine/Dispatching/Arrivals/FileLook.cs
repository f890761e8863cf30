using System.Text;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders;
using TreePush.Engine.Folders.Linux;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>Looks at files of a folder, without opening them.</summary>
internal sealed class FileLook : IDisposable
{
    private readonly string _folder;
    private readonly FolderTree? _tree;

    private FileLook(string folder, FolderTree? tree) => (_folder, _tree) = (folder, tree);

    /// <summary>Whether the last file that was looked at is gone, as far as its folder says.</summary>
    public bool IsGone { get; private set; }

    public static FileLook Open(string folder)
    {
        FolderTree? tree = null;
        if (OperatingSystem.IsLinux()) FolderTree.Open(folder, out tree);
        return new FileLook(folder, tree);
    }

    public bool TryStatus(RelativePath path, out EntryStatus status)
    {
        status = default;
        if (!OperatingSystem.IsLinux()) return TryPortably(path, out status);
        int error = _tree?.StatusOf(path, out status) ?? Errno.TryAgain;
        IsGone = Errno.IsAbsence(error);
        return error == 0;
    }

    public void Dispose() => _tree?.Dispose();

    private bool TryPortably(RelativePath path, out EntryStatus status)
    {
        status = default;
        var file = new FileInfo(Path.Combine(_folder, Encoding.UTF8.GetString(path.Bytes)));
        IsGone = Directory.Exists(_folder) && !file.Exists;
        if (file.Exists) status = PolledWatch.StatusOf(file);
        return file.Exists;
    }
}
