using System.Runtime.InteropServices;

namespace TreePush.Engine.Remote;

/// <summary>
/// Starts programs so that the terminal's ^C never reaches them, not even in the milliseconds in which a program is still
/// in the controller's process group. The starting thread blocks SIGINT, and the program inherits that. An early SIGINT
/// stays pending; it is discarded when the program's first command (<see cref="OwnSession"/>) ignores SIGINT.
/// </summary>
internal static class InterruptShield
{
    private const int Interrupt = 2;

    /// <summary>The size of the largest known sigset_t, glibc's, in bytes.</summary>
    private const int SetSize = 128;

    private static readonly int Block = OperatingSystem.IsLinux() ? 0 : 1;
    private static readonly int SetMask = OperatingSystem.IsLinux() ? 2 : 3;

    /// <param name="start">Starts a program on the calling thread. Another thread of the controller handles a SIGINT that arrives meanwhile.</param>
    public static T Start<T>(Func<T> start)
    {
        if (OperatingSystem.IsWindows()) return start();
        byte[] interrupt = new byte[SetSize], before = new byte[SetSize];
        if (ClearSet(interrupt) != 0 || AddToSet(interrupt, Interrupt) != 0 || ChangeMask(Block, interrupt, before) != 0) return start();
        try
        {
            return start();
        }
        finally
        {
            _ = ChangeMask(SetMask, before, null);
        }
    }

    [DllImport("libc", EntryPoint = "sigemptyset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClearSet(byte[] set);

    [DllImport("libc", EntryPoint = "sigaddset")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int AddToSet(byte[] set, int signal);

    [DllImport("libc", EntryPoint = "pthread_sigmask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeMask(int how, byte[] set, byte[]? before);
}
