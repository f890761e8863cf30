using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using TreePush.Engine.Folders;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Queueing;

/// <summary>Looks at files by their full paths, and reads them. A link in a file's place is not followed.</summary>
internal static class TaskFile
{
    private const int Block = 1 << 20;

    /// <returns>Null if there is nothing, or if it can't be looked at.</returns>
    public static EntryType? TypeOf(string path) => Status(path)?.Type;

    /// <returns>Null if there is nothing, or if it can't be looked at.</returns>
    public static EntryStatus? Status(string path)
    {
        if (!OperatingSystem.IsLinux()) return StatusPortably(path);
        return Place.Status(Place.Working, Encoding.UTF8.GetBytes(path), out var status) == 0 ? status : null;
    }

    /// <summary>Hashes a file.</summary>
    /// <returns>The version that was read, and its hash; null if it is no regular file, or was changed meanwhile.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be read.</exception>
    public static async Task<(EntryStatus Version, string Sha256)?> HashAsync(string path, CancellationToken ct)
    {
        // Looked at before it is opened: whoever opens a pipe waits.
        if (Status(path) is not { Type: EntryType.File } before) return null;
        using var file = Open(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[(int)Math.Clamp(before.Size, 1, Block)];
        long length = 0;
        for (int count; (count = await RandomAccess.ReadAsync(file, block, length, ct)) > 0 && length <= before.Size; length += count) hash.AppendData(block, 0, count);
        return length == before.Size && Status(path) == before ? (before, Convert.ToHexStringLower(hash.GetHashAndReset())) : null;
    }

    private static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux()) return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        int descriptor = Place.Open(Place.Working, Encoding.UTF8.GetBytes(path), OpenFlags.FileInside);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new IOException(Errno.Text(-descriptor));
    }

    private static EntryStatus? StatusPortably(string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.Exists || entry.LinkTarget is not null ? PolledWatch.StatusOf(entry) : null;
    }
}
