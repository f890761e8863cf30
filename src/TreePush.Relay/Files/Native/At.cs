using System.Runtime.InteropServices;

namespace TreePush.Relay.Files.Native;

/// <summary>
/// Calls on one name in an open directory. None follows a symbolic link at that name unless its flags say so, and a name
/// holds no slash, which is checked here, so none can leave the directory. Each returns zero or more, or the negated error number.
/// </summary>
internal static unsafe class At
{
    /// <summary>In the place of a directory: paths are relative to the process's own (AT_FDCWD).</summary>
    public const int CurrentDirectory = -100;

    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const int RemoveDirectoryFlag = 0x200;
    private const int EffectiveAccess = 0x200;
    private const int ReadAccess = 4;
    private const int WriteAccess = 2;
    private const uint BasicStatus = 0x7ff;

    /// <summary>Bytes for the longest path with its closing NUL.</summary>
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

    /// <summary>The status of the directory or file that is open.</summary>
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

    /// <returns>The length of what the link says, as much of it as <paramref name="buffer"/> takes.</returns>
    public static int ReadLink(int directory, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        using var clock = DiskClock.Enter();
        byte* text = stackalloc byte[Room];
        if (!Terminate(directory, name, text)) return -Errno.NameTooLong;
        int refused = FileCalls.Ask("readlinkat", directory, name);
        if (refused < 0) return refused;
        fixed (byte* target = buffer) return Result((int)Libc.ReadLinkAt(directory, text, target, (nuint)buffer.Length));
    }

    /// <summary>Whether we may read what has this name.</summary>
    public static int MayRead(int directory, ReadOnlySpan<byte> name) => May(directory, name, ReadAccess);

    /// <summary>Whether we may write what has this name; <see cref="Errno.ReadOnlyFileSystem"/> where nobody may.</summary>
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
    /// fchmodat(2) follows links. So the place is opened first, which needs no permission on the file, and the mode is set
    /// through the descriptor's own entry in /proc, which stands for what was opened, whatever the name means by then.
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

    /// <param name="place">Opened for its place only, and not a link.</param>
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

    /// <returns>False for what can't be a name: too long, with a NUL, or, in a directory of a tree, with a slash.</returns>
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
