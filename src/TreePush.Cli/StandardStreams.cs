using System.Runtime.InteropServices;

namespace TreePush.Cli;

/// <summary>
/// Makes sure that standard input, output and error are open. If a program is started with one of them closed
/// (<c>&gt;&amp;-</c>), its descriptor number goes to the next file that is opened: a pipe of the runtime, before Main
/// begins. That can't be undone here, so a shell opens the streams and starts the program again.
/// </summary>
internal static partial class StandardStreams
{
    private const string Library = "libc";
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExec = 1;
    private const int BrokenPipe = 13;

    /// <summary>
    /// The redirections of the shell. Output is opened for reading, as libc does for set-user-id programs: writing
    /// results then fails, and the failure is reported.
    /// </summary>
    private static readonly string[] Redirections = ["0</dev/null", "1</dev/null", "2>/dev/null"];

    /// <summary>
    /// Returns if all three are open or can't be opened. Otherwise the program starts again with the same process id.
    /// </summary>
    public static void EnsureOpen(string[] args)
    {
        if (OperatingSystem.IsWindows()) return;
        var missing = Redirections.Where((_, descriptor) => !IsInherited(descriptor)).ToList();
        if (missing.Count == 0) return;
        // The runtime ignores this signal. Ignored signals stay ignored in the new program and the programs that it starts.
        _ = SetSignal(BrokenPipe, IntPtr.Zero);
        _ = Execute("/bin/sh", ["sh", "-c", $"exec \"$@\" {string.Join(' ', missing)}", "sh", .. Program(), .. args, null]);
    }

    /// <summary>Inherited descriptors lack the close-on-exec flag; those that the runtime opens have it.</summary>
    private static bool IsInherited(int descriptor) => Control(descriptor, GetDescriptorFlags) is var flags && flags >= 0 && (flags & CloseOnExec) == 0;

    private static string[] Program() => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? [Environment.ProcessPath!, Environment.GetCommandLineArgs()[0]] : [Environment.ProcessPath!];

    [LibraryImport(Library, EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command);

    [LibraryImport(Library, EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string path, string?[] arguments);

    [LibraryImport(Library, EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial IntPtr SetSignal(int signal, IntPtr handler);
}
