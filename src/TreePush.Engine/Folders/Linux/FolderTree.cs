using System.Text;
using Microsoft.Win32.SafeHandles;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Folders.Linux;

/// <summary>
/// An open folder, and access to what is below it. Each path is walked from the folder, one component after the other, and no
/// component may be a symbolic link: so nothing outside of the folder is ever reached. Methods return zero, or the error number.
/// </summary>
internal sealed class FolderTree : IDisposable
{
    /// <summary>File systems that others may change without this kernel's knowledge: NFS, SMB (two), FUSE, 9P, Ceph, AFS, Lustre, GFS2, OCFS2.</summary>
    private static readonly uint[] Shared =
        [0x6969, 0xFF534D42, 0xFE534D42, 0x65735546, 0x01021997, 0x00C36400, 0x5346414F, 0x0BD00BD0, 0x01161970, 0x7461636F];

    private readonly int _root;

    private FolderTree(int root, EntryStatus status) => (_root, Status) = (root, status);

    /// <summary>Of the folder itself, when it was opened.</summary>
    public EntryStatus Status { get; }

    /// <summary>Whether another machine may change the folder, which inotify does not see.</summary>
    public bool IsShared => Shared.Contains(Place.FileSystem(_root));

    /// <param name="path">As the user gave it: links are followed.</param>
    public static int Open(string path, out FolderTree? tree)
    {
        tree = null;
        int root = Place.Open(Place.Working, Encoding.UTF8.GetBytes(path), OpenFlags.NamedFolder);
        if (root < 0) return -root;
        int error = -Place.Status(root, default, out var status);
        if (error == 0) tree = new FolderTree(root, status);
        else Place.Close(root);
        return error;
    }

    /// <summary>Opens a folder to list it. The caller closes it.</summary>
    public int OpenFolder(RelativePath path, out int folder) => Open(path, OpenFlags.ListedFolder, out folder);

    /// <summary>Opens a file to read it. What it is must still be looked at.</summary>
    public int OpenFile(RelativePath path, out SafeFileHandle? file)
    {
        int error = Open(path, OpenFlags.FileInside, out int descriptor);
        file = error == 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : null;
        return error;
    }

    public int StatusOf(RelativePath path, out EntryStatus status)
    {
        status = default;
        int error = Enter(path, out int folder);
        if (error != 0) return error;
        error = -Place.Status(folder, path.Name, out status);
        Leave(folder);
        return error;
    }

    public void Dispose() => Place.Close(_root);

    private int Open(RelativePath path, int flags, out int descriptor)
    {
        descriptor = -1;
        int error = Enter(path, out int folder);
        if (error != 0) return error;
        descriptor = Place.Open(folder, path.IsRoot ? "."u8 : path.Name, flags);
        Leave(folder);
        return descriptor < 0 ? -descriptor : 0;
    }

    /// <summary>Opens the folder in which the last component of the path is.</summary>
    private int Enter(RelativePath path, out int folder)
    {
        folder = _root;
        var parent = path.ParentBytes;
        if (parent.IsEmpty) return 0;
        foreach (var component in parent.Split((byte)'/'))
        {
            int next = Place.Open(folder, parent[component], OpenFlags.FolderInside);
            Leave(folder);
            folder = next;
            if (next < 0) return -next;
        }

        return 0;
    }

    private void Leave(int folder)
    {
        if (folder != _root) Place.Close(folder);
    }
}
