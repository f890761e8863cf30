using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>System calls on open files and directories. Each returns zero or more, or the negated error number.</summary>
internal static unsafe class Opened
{
    private const int ExclusiveLockWithoutWaiting = 2 | 4;
    private const int ReleaseLock = 8;

    private static readonly nint ListNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 61 : 217;

    /// <returns>The number of bytes read. It is less than requested only at the end of the file.</returns>
    public static int Read(int descriptor, Span<byte> buffer, long offset)
    {
        using var clock = DiskClock.Enter();
        int refused = FileCalls.Ask("pread", descriptor);
        if (refused < 0) return refused;
        int done = 0;
        fixed (byte* start = buffer)
        {
            while (done < buffer.Length)
            {
                int count = Result(Libc.Read(descriptor, start + done, (nuint)(buffer.Length - done), offset + done));
                if (count == -Errno.Interrupted) continue;
                if (count < 0) return count;
                if (count == 0) break;
                done += count;
            }
        }

        return done;
    }

    /// <summary>Writes all bytes or fails.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes, long offset)
    {
        using var clock = DiskClock.Enter();
        int refused = FileCalls.Ask("pwrite", descriptor);
        if (refused < 0) return refused;
        int done = 0;
        fixed (byte* start = bytes)
        {
            while (done < bytes.Length)
            {
                int count = Result(Libc.Write(descriptor, start + done, (nuint)(bytes.Length - done), offset + done));
                if (count < 0 && count != -Errno.Interrupted) return count;
                if (count == 0) return -Errno.NoSpace;
                done += Math.Max(0, count);
            }
        }

        return done;
    }

    public static int Truncate(int descriptor, long size)
    {
        using var clock = DiskClock.Enter();
        int result = FileCalls.Ask("ftruncate", descriptor);
        if (result < 0) return result;
        do result = Result(Libc.Truncate(descriptor, size));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Locks the file until the descriptor is closed. The error is <see cref="Errno.TryAgain"/> if another process holds the lock.</summary>
    public static int TryLock(int descriptor)
    {
        using var clock = DiskClock.Enter();
        int result = FileCalls.Ask("flock", descriptor);
        if (result < 0) return result;
        do result = Result(Libc.Lock(descriptor, ExclusiveLockWithoutWaiting));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <summary>Releases the lock while the file stays open.</summary>
    public static void Unlock(int descriptor)
    {
        using var clock = DiskClock.Enter();
        _ = Libc.Lock(descriptor, ReleaseLock);
    }

    public static int SetMode(int descriptor, int mode)
    {
        using var clock = DiskClock.Enter();
        int refused = FileCalls.Ask("fchmod", descriptor);
        return refused < 0 ? refused : Result(Libc.ChangeMode(descriptor, (uint)mode));
    }

    public static int SetOwner(int descriptor, uint user, uint group)
    {
        using var clock = DiskClock.Enter();
        int refused = FileCalls.Ask("fchown", descriptor);
        return refused < 0 ? refused : Result(Libc.ChangeOwner(descriptor, user, group));
    }

    public static int SetModified(int descriptor, long ns)
    {
        using var clock = DiskClock.Enter();
        TimeSpec* times = stackalloc TimeSpec[2] { TimeSpec.Omit, TimeSpec.OfNs(ns) };
        int refused = FileCalls.Ask("futimens", descriptor);
        return refused < 0 ? refused : Result(Libc.SetTimes(descriptor, times));
    }

    /// <summary>Reads the next entries of a directory, in the layout of getdents64(2); returns 0 at the end.</summary>
    public static int List(int descriptor, Span<byte> buffer)
    {
        using var clock = DiskClock.Enter();
        int refused = FileCalls.Ask("getdents64", descriptor);
        if (refused < 0) return refused;
        fixed (byte* start = buffer) return Result(Libc.SystemCall(ListNumber, descriptor, (nint)start, buffer.Length, 0, 0));
    }

    public static void Close(int descriptor)
    {
        using var clock = DiskClock.Enter();
        if (descriptor >= 0) _ = Libc.Close(descriptor);
    }

    private static int Result(nint result) => result < 0 ? -Marshal.GetLastPInvokeError() : (int)result;
}
