using System.Runtime.InteropServices;
using System.Text;
using TreePush.Core.Manifests;

namespace TreePush.Engine.Tests.Folders;

/// <summary>Makes what .NET has no call for.</summary>
internal static class HostileNames
{
    private const int CreateNewToWrite = 0x80000 | 0x40 | 0x80 | 1;
    private const uint OwnerOnly = 0x180;

    public static void MakeFile(string folder, RelativePath name)
    {
        int file = Open([.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. name.Bytes, 0], CreateNewToWrite, OwnerOnly);
        if (file < 0 || Close(file) != 0) throw new IOException($"{name} was not made: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public static void Remove(string folder, RelativePath name) => _ = Unlink([.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. name.Bytes, 0]);

    public static void MakePipe(string path)
    {
        if (MakePipe([.. Encoding.UTF8.GetBytes(path), 0], OwnerOnly) != 0) throw new IOException($"{path} was not made: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int file);

    [DllImport("libc", EntryPoint = "unlink", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unlink(byte[] path);

    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakePipe(byte[] path, uint mode);
}
