using System.Text;
using Microsoft.Win32.SafeHandles;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders;
using TreePush.Engine.Folders.Linux;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>A file that was opened to be copied, and is known to be a regular one.</summary>
internal sealed class SourceFile : IDisposable
{
    private readonly string? _place;

    private SourceFile(SafeFileHandle file, EntryStatus status, string? place) => (File, Status, _place) = (file, status, place);

    public SafeFileHandle File { get; }

    /// <summary>When it was opened.</summary>
    public EntryStatus Status { get; }

    /// <summary>Opens a file below a folder. No component of the path may be a link.</summary>
    public static (SourceFile? File, StagingOutcome? Fault) OpenBelow(string folder, RelativePath path)
    {
        if (!OperatingSystem.IsLinux()) return PortableSource.OpenBelow(folder, path, OpenPortably);
        int error = FolderTree.Open(folder, out var tree);
        if (error != 0) return (null, Fault(error));
        using (tree)
        {
            // Looked at before it is opened: opening a device may do anything, and a socket can't be opened at all.
            error = tree!.StatusOf(path, out var status);
            if (error != 0) return (null, Fault(error));
            if (RefusalReason.OfType(status.Type) is { } reason) return (null, NotAFile(reason));
            error = tree.OpenFile(path, out var file);
            return error != 0 ? (null, Fault(error)) : Check(file!);
        }
    }

    /// <summary>Opens a file that the user named. Links are followed.</summary>
    public static (SourceFile? File, StagingOutcome? Fault) OpenNamed(string path)
    {
        if (!OperatingSystem.IsLinux()) return OpenPortably(path);
        int descriptor = Place.Open(Place.Working, Encoding.UTF8.GetBytes(path), OpenFlags.NamedFile);
        return descriptor < 0 ? (null, Fault(-descriptor)) : Check(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Whether the file is as it was when it was opened.</summary>
    public bool IsUnchanged()
    {
        var now = _place is null && Place.Status(File, out var status) == 0 ? status : PortableSource.StatusOf(File, _place);
        return (now.Size, now.ModifiedNs) == (Status.Size, Status.ModifiedNs);
    }

    public void Dispose() => File.Dispose();

    private static (SourceFile? File, StagingOutcome? Fault) Check(SafeFileHandle file)
    {
        int error = -Place.Status(file, out var status);
        var fault = error != 0 ? Fault(error) : RefusalReason.OfType(status.Type) is { } reason ? NotAFile(reason) : null;
        if (fault is null) return (new SourceFile(file, status, place: null), null);
        file.Dispose();
        return (null, fault);
    }

    private static (SourceFile? File, StagingOutcome? Fault) OpenPortably(string path)
    {
        try
        {
            if (Directory.Exists(path)) return (null, NotAFile(RefusalReason.OfType(EntryType.Folder)!));
            var file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return (new SourceFile(file, PortableSource.StatusOf(file, path), path), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, Fault(Errno.NoEntry));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, StagingOutcome.Failed(StagingFault.Unreadable, $"can't be read: {e.Message}"));
        }
    }

    private static StagingOutcome NotAFile(string reason) => StagingOutcome.Failed(StagingFault.NotAFile, reason, RefusalReason.Hint);

    private static StagingOutcome Fault(int error) => error switch
    {
        Errno.Loop => NotAFile("a symbolic link is on the way to it"),
        Errno.NoEntry or Errno.Stale => StagingOutcome.Failed(StagingFault.Gone, "is not there"),
        Errno.NotDirectory => NotAFile("something that is not a folder is on the way to it"),
        _ => StagingOutcome.Failed(StagingFault.Unreadable, $"can't be read: {Errno.Text(error)}"),
    };
}
