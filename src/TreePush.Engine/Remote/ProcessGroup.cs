using System.Runtime.InteropServices;

namespace TreePush.Engine.Remote;

/// <summary>The process group of a program that was started in a session of its own: the program, and what it starts.</summary>
internal static partial class ProcessGroup
{
    private const int KillSignal = 9;

    /// <summary>Kills every process of a group, even if its leader has ended already. Windows has no such groups.</summary>
    public static void Kill(int leader)
    {
        if (!OperatingSystem.IsWindows()) _ = SendSignal(-leader, KillSignal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
