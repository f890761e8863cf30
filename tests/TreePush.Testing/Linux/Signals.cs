using System.Runtime.InteropServices;

namespace TreePush.Testing;

internal static class Signals
{
    /// <summary>Sends to one process. One that has gone is no error: who signals is always in a race with the end.</summary>
    public static void Send(int processId, Signal signal) => _ = Kill(processId, (int)signal);

    /// <summary>Sends to a whole process group, which is named by the id of its first process.</summary>
    public static void SendToGroup(int groupId, Signal signal) => _ = Kill(-groupId, (int)signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int target, int signal);
}
