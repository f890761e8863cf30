using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TreePush.Testing;

/// <summary>
/// Does things in another network namespace from within the test's own process. A thread may change its namespace by
/// itself, and a socket stays where it was made, whoever uses it later.
/// </summary>
internal static class NetworkNamespace
{
    private const int NetworkType = 0x4000_0000; // CLONE_NEWNET

    /// <param name="path">The namespace's file.</param>
    /// <param name="action">Short, as it has a thread of its own, which the caller waits for.</param>
    public static T Within<T>(string path, Func<T> action)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(path);
                result = action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException($"In {path}: {failure.Message}", failure);
    }

    private static void Enter(string path)
    {
        using SafeFileHandle handle = File.OpenHandle(path);
        if (SetNamespace(handle, NetworkType) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNamespace(SafeFileHandle handle, int type);
}
