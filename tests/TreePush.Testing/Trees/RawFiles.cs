using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TreePush.Testing;

/// <summary>The kernel's file calls for paths that are bytes, which .NET's own would change.</summary>
internal static class RawFiles
{
    private const int ReadOnly = 0;
    private const int CreateNew = 0x80000 | 0x40 | 0x80 | 1; // close-on-exec, create, exclusive, write only
    private const int CloseOnExec = 0x80000;
    private const int WorkingDirectory = -100;
    private const int NotThroughLinks = 0x100;
    private const int FileExists = 17;

    public static SafeFileHandle OpenToRead(RawPath path) => Handle(Open(Terminated(path), ReadOnly | CloseOnExec, 0), path);

    /// <summary>Makes a file; one that is there is an error.</summary>
    public static SafeFileHandle Create(RawPath path) => Handle(Open(Terminated(path), CreateNew, 0x180), path);

    /// <summary>Makes a directory unless there is one.</summary>
    public static void MakeDirectory(RawPath path)
    {
        if (MakeDirectory(Terminated(path), 0x1C0) != 0 && Marshal.GetLastPInvokeError() != FileExists)
            throw Failure(path);
    }

    public static void MakeLink(RawPath path, RawPath target) => Check(MakeLink(Terminated(target), Terminated(path)), path);

    public static void SetMode(RawPath path, int mode) => Check(SetMode(Terminated(path), (uint)mode), path);

    /// <summary>Sets the time of the thing itself, also of a link.</summary>
    public static void SetModified(RawPath path, UnixTime time)
    {
        long[] accessedAndModified = [time.Seconds, time.Nanoseconds, time.Seconds, time.Nanoseconds];
        Check(SetTimes(WorkingDirectory, Terminated(path), accessedAndModified, NotThroughLinks), path);
    }

    private static byte[] Terminated(RawPath path) => [.. path.Bytes, 0];

    private static SafeFileHandle Handle(int descriptor, RawPath path)
    {
        Check(descriptor, path);
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static void Check(int result, RawPath path)
    {
        if (result < 0)
            throw Failure(path);
    }

    private static IOException Failure(RawPath path) =>
        new($"{path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "mkdir", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeDirectory(byte[] path, uint mode);

    [DllImport("libc", EntryPoint = "symlink", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeLink(byte[] target, byte[] path);

    [DllImport("libc", EntryPoint = "chmod", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetMode(byte[] path, uint mode);

    [DllImport("libc", EntryPoint = "utimensat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetTimes(int directory, byte[] path, long[] times, int flags);
}
