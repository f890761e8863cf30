using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>System calls that write cached data to the disk. Each returns zero or more, or the negated error number.</summary>
internal static unsafe class DiskSync
{
    /// <summary>Flags of sync_file_range(2).</summary>
    private const uint WaitForWriting = 1, StartWriting = 2;

    /// <summary>
    /// How long a flush may reasonably take, in milliseconds, because it also writes the cached data of other programs. A disk
    /// counts as not responding when a flush takes a minute longer than this.
    /// </summary>
    private const int LongFlush = 9 * 60_000;

    /// <summary>The size of a buffer for the kernel's <c>struct statfs</c>, which begins with the type of the file system.</summary>
    private const int StatusSize = 256;

    /// <summary>Flushes the content, size, owner, mode and times of a file, or the names in a directory: fsync(2).</summary>
    public static int Flush(int descriptor)
    {
        using var clock = DiskClock.Enter(LongFlush);
        int result = FileCalls.Ask("fsync", descriptor);
        if (result < 0) return result;
        do result = Result(Libc.Sync(descriptor));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Whether <see cref="FlushFileSystem"/> reports content that could not be written. Kernels before 5.8 don't.</summary>
    public static bool FileSystemTellsOfErrors { get; } = Environment.OSVersion.Version >= new Version(5, 8);

    /// <summary>Flushes the whole file system that contains the open file: syncfs(2).</summary>
    public static int FlushFileSystem(int descriptor)
    {
        using var clock = DiskClock.Enter(LongFlush);
        int refused = FileCalls.Ask("syncfs", descriptor);
        return refused < 0 ? refused : Result(Libc.SyncFileSystem(descriptor));
    }

    /// <summary>Flushes all file systems of the machine: sync(2).</summary>
    public static void FlushAll()
    {
        using var clock = DiskClock.Enter(LongFlush);
        Libc.SyncAll();
    }

    /// <summary>Makes the kernel begin to write the cached content of a file, without waiting for it.</summary>
    public static void Start(int descriptor)
    {
        using var clock = DiskClock.Enter(LongFlush);
        _ = Libc.SyncRange(descriptor, 0, 0, StartWriting);
    }

    /// <summary>Waits for the writes of the file in progress, and returns whether any of them failed.</summary>
    public static int WaitFor(int descriptor)
    {
        using var clock = DiskClock.Enter(LongFlush);
        int refused = FileCalls.Ask("sync_file_range", descriptor);
        return refused < 0 ? refused : Result(Libc.SyncRange(descriptor, 0, 0, WaitForWriting));
    }

    /// <summary>Returns the magic number of the file system, as listed in statfs(2); 0 if it can't be read.</summary>
    public static long TypeOf(int descriptor)
    {
        long* status = stackalloc long[StatusSize / sizeof(long)];
        return Libc.FileSystemStatus(descriptor, status) < 0 ? 0 : status[0];
    }

    private static int Result(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;
}
