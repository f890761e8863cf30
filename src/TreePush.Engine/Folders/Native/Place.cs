using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TreePush.Engine.Folders.Native;

/// <summary>
/// Calls on what is open, or on one name in an open folder. None follows a symbolic link unless its flags say so. Each returns zero or more, or the
/// negated error number.
/// </summary>
internal static unsafe class Place
{
    /// <summary>In the place of a folder: paths are relative to the process's own (AT_FDCWD).</summary>
    public const int Working = -100;

    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStatus = 0x7ff;

    /// <summary>Bytes for the longest path with its closing NUL.</summary>
    private const int Room = 4097;

    private static readonly nint StatxNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 291 : 332;
    private static readonly nint ListNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 61 : 217;

    public static int Open(int folder, ReadOnlySpan<byte> path, int flags)
    {
        byte* text = stackalloc byte[Room];
        if (!Terminate(path, text)) return -Errno.NameTooLong;
        int result;
        do result = Result(Libc.OpenAt(folder, text, flags, 0));
        while (result == -Errno.Interrupted);
        return result;
    }

    /// <param name="name">Empty for the folder or file that is open.</param>
    public static int Status(int folder, ReadOnlySpan<byte> name, out EntryStatus status)
    {
        status = default;
        byte* text = stackalloc byte[Room];
        if (!Terminate(name, text)) return -Errno.NameTooLong;
        StatxBuffer buffer = default;
        int result = Result(Libc.SystemCall(StatxNumber, folder, (nint)text, name.IsEmpty ? EmptyPath : NoFollow, (nint)BasicStatus, (nint)(&buffer)));
        if (result == 0) status = buffer.Status;
        return result;
    }

    public static int Status(SafeFileHandle file, out EntryStatus status)
    {
        bool held = false;
        file.DangerousAddRef(ref held);
        int result = Status((int)file.DangerousGetHandle(), default, out status);
        file.DangerousRelease();
        return result;
    }

    /// <summary>The next entries of a folder as getdents64(2) lays them out; 0 at the end.</summary>
    public static int List(int folder, Span<byte> buffer)
    {
        fixed (byte* start = buffer) return Result(Libc.SystemCall(ListNumber, folder, (nint)start, buffer.Length, 0, 0));
    }

    /// <summary>The kind of the file system, as statfs(2) numbers them; 0 if it can't be found out.</summary>
    public static uint FileSystem(int descriptor)
    {
        long* status = stackalloc long[64];
        return Libc.FileSystemStatus(descriptor, status) == 0 ? (uint)status[0] : 0;
    }

    /// <summary>Has the names in a folder written to the disk.</summary>
    public static int Sync(SafeFileHandle folder)
    {
        bool held = false;
        folder.DangerousAddRef(ref held);
        int result = Result(Libc.Sync((int)folder.DangerousGetHandle()));
        folder.DangerousRelease();
        return result;
    }

    public static void Close(int descriptor)
    {
        if (descriptor >= 0) _ = Libc.Close(descriptor);
    }

    public static int Result(nint result) => result < 0 ? -Marshal.GetLastPInvokeError() : (int)result;

    private static bool Terminate(ReadOnlySpan<byte> name, byte* text)
    {
        if (name.Length >= Room || name.Contains((byte)0)) return false;
        name.CopyTo(new Span<byte>(text, Room));
        text[name.Length] = 0;
        return true;
    }
}
