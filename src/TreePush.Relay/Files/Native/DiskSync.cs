using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>Calls that bring what is in memory to the disk. Each returns zero or more, or the negated error number.</summary>
internal static unsafe class DiskSync
{
    /// <summary>Flags of sync_file_range(2).</summary>
    private const uint WaitForWriting = 1, StartWriting = 2;

    /// <summary>How long a flush may well take, in milliseconds: what other programs have in memory is flushed with it. Only a minute more is a disk that does not respond.</summary>
    private const int LongFlush = 9 * 60_000;

    /// <summary>Room for the kernel's <c>struct statfs</c>, which begins with the type of the file system.</summary>
    private const int StatusSize = 256;

    /// <summary>Content, size, owner, mode and times of one file, or the names in one directory: fsync(2).</summary>
    public static int Flush(int descriptor)
    {
        using var clock = DiskClock.Enter(LongFlush);
        int result = FileCalls.Ask("fsync", descriptor);
        if (result < 0) return result;
        do result = Result(Libc.Sync(descriptor));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Whether <see cref="FlushFileSystem"/> tells of content that could not be written: kernels before 5.8 don't.</summary>
    public static bool FileSystemTellsOfErrors { get; } = Environment.OSVersion.Version >= new Version(5, 8);

    /// <summary>Everything in the file system that the descriptor is of: syncfs(2).</summary>
    public static int FlushFileSystem(int descriptor)
    {
        using var clock = DiskClock.Enter(LongFlush);
        int refused = FileCalls.Ask("syncfs", descriptor);
        return refused < 0 ? refused : Result(Libc.SyncFileSystem(descriptor));
    }

    /// <summary>Everything on the machine: sync(2).</summary>
    public static void FlushAll()
    {
        using var clock = DiskClock.Enter(LongFlush);
        Libc.SyncAll();
    }

    /// <summary>Has the kernel begin to write what is in memory of the file, without waiting for it.</summary>
    public static void Start(int descriptor)
    {
        using var clock = DiskClock.Enter(LongFlush);
        _ = Libc.SyncRange(descriptor, 0, 0, StartWriting);
    }

    /// <summary>Waits for what is being written of the file, and tells whether any of it could not be.</summary>
    public static int WaitFor(int descriptor)
    {
        using var clock = DiskClock.Enter(LongFlush);
        int refused = FileCalls.Ask("sync_file_range", descriptor);
        return refused < 0 ? refused : Result(Libc.SyncRange(descriptor, 0, 0, WaitForWriting));
    }

    /// <summary>The magic number of the file system, as statfs(2) lists them; 0 where it is not known.</summary>
    public static long TypeOf(int descriptor)
    {
        long* status = stackalloc long[StatusSize / sizeof(long)];
        return Libc.FileSystemStatus(descriptor, status) < 0 ? 0 : status[0];
    }

    private static int Result(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;
}
