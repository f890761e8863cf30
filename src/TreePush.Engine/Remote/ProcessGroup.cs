using System.Runtime.InteropServices;

namespace TreePush.Engine.Remote;

/// <summary>A program that was started in a session of its own leads a group of processes: itself, and what it starts.</summary>
internal static partial class ProcessGroup
{
    private const int KillSignal = 9;

    /// <summary>Kills all of a group, also where its leader has ended already. There are no such groups on Windows.</summary>
    public static void Kill(int leader)
    {
        if (!OperatingSystem.IsWindows()) _ = SendSignal(-leader, KillSignal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
