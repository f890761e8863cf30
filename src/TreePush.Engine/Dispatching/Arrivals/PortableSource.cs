using System.Text;
using Microsoft.Win32.SafeHandles;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>
/// Opens files where the system has no openat(2). Links are looked for before the file is opened: who can replace a folder by a
/// link in between is not kept out.
/// </summary>
internal static class PortableSource
{
    public static (SourceFile? File, StagingOutcome? Fault) OpenBelow(string folder, RelativePath path, Func<string, (SourceFile? File, StagingOutcome? Fault)> open)
    {
        string place = folder;
        foreach (string component in Encoding.UTF8.GetString(path.Bytes).Split('/'))
        {
            place = Path.Combine(place, component);
            if (new FileInfo(place).LinkTarget is not null)
                return (null, StagingOutcome.Failed(StagingFault.NotAFile, RefusalReason.OfType(EntryType.SymbolicLink)!, RefusalReason.Hint));
        }

        return open(place);
    }

    public static EntryStatus StatusOf(SafeFileHandle file, string? place)
    {
        var modified = place is null ? DateTime.UnixEpoch : File.GetLastWriteTimeUtc(file);
        return new EntryStatus(EntryType.File, RandomAccess.GetLength(file), (modified - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick, 0, 0);
    }
}
