using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>
/// System calls on one name in an open directory. A symbolic link at the name is followed only if the flags say so. A name must
/// not contain a slash, which is checked here, so no call can leave the directory. Each call returns zero or more, or the negated
/// error number.
/// </summary>
internal static unsafe class At
{
    /// <summary>Stands for the process's current directory (AT_FDCWD).</summary>
    public const int CurrentDirectory = -100;

    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const int RemoveDirectoryFlag = 0x200;
    private const int EffectiveAccess = 0x200;
    private const int ReadAccess = 4;
    private const int WriteAccess = 2;
    private const uint BasicStatus = 0x7ff;

    /// <summary>The size of the longest path with its closing NUL, in bytes.</summary>
    private const int Room = 4097;

    private static readonly nint StatxNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 291 : 332;

    public static int Open(int directory, ReadOnlySpan<byte> name, int flags, uint mode = 0)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        if (!Terminate(directory, name, text)) return -Errno.NameTooLong;
        int result = FileCalls.Ask("openat", directory, name, flags);
        if (result < 0) return result;
        do result = Result(Libc.OpenAt(directory, text, flags, mode));
        while (result == -Errno.Interrupted);
        return result;
    }

    public static int Status(int directory, ReadOnlySpan<byte> name, out FileStatus status, bool follow = false)
    {
        using var clock = DiskClock.Enter();
        status = default;
        byte* text = stackalloc byte[Room];
        if (!Terminate(directory, name, text)) return -Errno.NameTooLong;
        int flags = name.IsEmpty ? EmptyPath : follow ? 0 : NoFollow;
        StatxBuffer buffer = default;
        int result = FileCalls.Ask("statx", directory, name);
        if (result == 0) result = Result((int)Libc.SystemCall(StatxNumber, directory, (nint)text, flags, (nint)BasicStatus, (nint)(&buffer)));
        if (result == 0) status = new FileStatus(buffer);
        return result;
    }

    /// <summary>Returns the status of an open directory or file.</summary>
    public static int Status(int descriptor, out FileStatus status) => Status(descriptor, default, out status);

    public static int Rename(int directory, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        using var clock = DiskClock.Enter();
        byte* source = stackalloc byte[Room];
        byte* target = stackalloc byte[Room];
        if (!Terminate(directory, from, source) || !Terminate(directory, to, target)) return -Errno.NameTooLong;
        int refused = FileCalls.Ask("renameat", directory, to);
        return refused < 0 ? refused : Result(Libc.RenameAt(directory, source, directory, target));
    }

    public static int Unlink(int directory, ReadOnlySpan<byte> name) => Remove(directory, name, 0);

    public static int RemoveDirectory(int directory, ReadOnlySpan<byte> name) => Remove(directory, name, RemoveDirectoryFlag);

    private static int Remove(int directory, ReadOnlySpan<byte> name, int flags)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        if (!Terminate(directory, name, text)) return -Errno.NameTooLong;
        int refused = FileCalls.Ask("unlinkat", directory, name);
        return refused < 0 ? refused : Result(Libc.UnlinkAt(directory, text, flags));
    }

    public static int MakeDirectory(int directory, ReadOnlySpan<byte> name, uint mode)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        if (!Terminate(directory, name, text)) return -Errno.NameTooLong;
        int refused = FileCalls.Ask("mkdirat", directory, name);
        return refused < 0 ? refused : Result(Libc.MakeDirectoryAt(directory, text, mode));
    }

    public static int MakeSymlink(int directory, ReadOnlySpan<byte> name, ReadOnlySpan<byte> linkTarget)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        byte* target = stackalloc byte[Room];
        if (!Terminate(directory, name, text) || !Terminate(CurrentDirectory, linkTarget, target)) return -Errno.NameTooLong;
        int refused = FileCalls.Ask("symlinkat", directory, name);
        return refused < 0 ? refused : Result(Libc.SymlinkAt(target, directory, text));
    }

    /// <returns>The length of the link target, cut to the size of <paramref name="buffer"/>.</returns>
    public static int ReadLink(int directory, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        if (!Terminate(directory, name, text)) return -Errno.NameTooLong;
        int refused = FileCalls.Ask("readlinkat", directory, name);
        if (refused < 0) return refused;
        fixed (byte* target = buffer) return Result((int)Libc.ReadLinkAt(directory, text, target, (nuint)buffer.Length));
    }

    /// <summary>Checks that the process may read the named file.</summary>
    public static int MayRead(int directory, ReadOnlySpan<byte> name) => May(directory, name, ReadAccess);

    /// <summary>
    /// Checks that the process may write the named file. The error is <see cref="Errno.ReadOnlyFileSystem"/> if the file system
    /// is mounted read-only.
    /// </summary>
    public static int MayWrite(int directory, ReadOnlySpan<byte> name) => May(directory, name, WriteAccess);

    private static int May(int directory, ReadOnlySpan<byte> name, int access)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        return Terminate(directory, name, text) ? Result(Libc.AccessAt(directory, text, access, EffectiveAccess)) : -Errno.NameTooLong;
    }

    public static int SetModified(int directory, ReadOnlySpan<byte> name, long ns)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        if (!Terminate(directory, name, text)) return -Errno.NameTooLong;
        TimeSpec* times = stackalloc TimeSpec[2] { TimeSpec.Omit, TimeSpec.OfNs(ns) };
        int refused = FileCalls.Ask("utimensat", directory, name);
        return refused < 0 ? refused : Result(Libc.SetTimesAt(directory, text, times, NoFollow));
    }

    public static int SetOwner(int directory, ReadOnlySpan<byte> name, uint user, uint group)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        if (!Terminate(directory, name, text)) return -Errno.NameTooLong;
        int refused = FileCalls.Ask("fchownat", directory, name);
        return refused < 0 ? refused : Result(Libc.ChangeOwnerAt(directory, text, user, group, NoFollow));
    }

    /// <summary>
    /// Sets the mode of a name without following links, which fchmodat(2) would follow. The name is opened as a place first,
    /// which needs no permission on the file. The mode is then set through the descriptor's entry in /proc, which stands for the
    /// opened file, whatever the name means by then.
    /// </summary>
    public static int SetMode(int directory, ReadOnlySpan<byte> name, int mode)
    {
        using var clock = DiskClock.Enter();
        int place = Open(directory, name, Native.Open.PathOnly | Native.Open.NoFollow | Native.Open.CloseOnExec);
        if (place < 0) return place;
        int result = SetMode(place, mode);
        Opened.Close(place);
        return result;
    }

    /// <param name="place">A descriptor that was opened as a place (O_PATH) and is not a link.</param>
    public static int SetMode(int place, int mode)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        Span<byte> path = stackalloc byte[32];
        System.Text.Unicode.Utf8.TryWrite(path, $"/proc/self/fd/{place}", out int length);
        Terminate(CurrentDirectory, path[..length], text);
        int refused = FileCalls.Ask("fchmodat", place);
        return refused < 0 ? refused : Result(Libc.ChangeModeAt(CurrentDirectory, text, (uint)mode, 0));
    }

    /// <returns>False if the name is too long, contains a NUL or, in a directory of a tree, contains a slash.</returns>
    private static bool Terminate(int directory, ReadOnlySpan<byte> name, byte* text)
    {
        if (name.Length >= Room || name.Contains((byte)0)) return false;
        if (directory != CurrentDirectory && name.Contains((byte)'/')) return false;
        name.CopyTo(new Span<byte>(text, Room));
        text[name.Length] = 0;
        return true;
    }

    private static int Result(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;
}
