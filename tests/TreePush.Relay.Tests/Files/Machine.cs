using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TreePush.Relay.Tests.Files;

/// <summary>What the tests ask of the machine that .NET has no call for.</summary>
internal static partial class Machine
{
    private const uint Nobody = 65534;

    private static nint SetUsers => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 147 : 117;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint real, nint effective, nint saved);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    public static bool IsRoot => EffectiveUser() == 0;

    /// <summary>Runs a shell command with the given arguments as $1 and so on.</summary>
    public static string Shell(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true };
        foreach (string argument in (string[])["-ec", script, "sh", .. arguments]) start.ArgumentList.Add(argument);
        using var shell = Process.Start(start)!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        shell.ExitCode.Should().Be(0, script);
        return output;
    }

    /// <summary>Gives the directory to a user who may not do everything, and does something as that user.</summary>
    public static void AsNobody(string directory, Action action)
    {
        if (IsRoot) Shell($"chown -hR {Nobody} \"$1\"", directory);
        AsNobody(action);
    }

    /// <summary>The kernel keeps users per thread, so a thread of its own is another user while the rest of the process stays who it is.</summary>
    public static void AsNobody(Action action)
    {
        if (!IsRoot)
        {
            action();
            return;
        }

        Exception? failure = null;
        var thread = new Thread(() =>
        {
            SystemCall(SetUsers, -1, (nint)Nobody, -1).Should().Be(0);
            failure = Record.Exception(action);
        });
        thread.Start();
        thread.Join();
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }
}
