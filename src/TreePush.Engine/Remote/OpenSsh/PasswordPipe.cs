using System.Runtime.InteropServices;
using System.Text;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// Passes a password to one ssh process. A script answers ssh's prompt (SSH_ASKPASS). It reads the password from a named
/// pipe that only the user can open; ssh's environment contains the pipe's name, not the password. The password stays in
/// the kernel's memory until it is read or the pipe is closed. It is never in a file, an argument or the environment.
/// The ssh of a jump host inherits the environment, but gets no password: the script answers only the process that
/// <see cref="Of"/> starts.
/// </summary>
internal sealed partial class PasswordPipe : IDisposable
{
    private const string Variable = "TREEPUSH_PASSWORD_PIPE";

    private const string Asker = "TREEPUSH_PASSWORD_ASKER";

    /// <summary>How often ssh may ask: once by password authentication, once by keyboard-interactive authentication.</summary>
    private const int MostAnswers = 2;

    /// <summary>
    /// How many more questions get an empty line, which is no answer. A script that finds nothing in the pipe would wait,
    /// and ssh with it.
    /// </summary>
    private const int MostRefusals = 100;

    private const uint OwnerOnly = 0b110_000_000;

    /// <summary>
    /// Answers prompts for the login's password only. A key's passphrase is another secret, a server that wants an expired
    /// password changed asks for the current and a new one, and other questions have no answer here. The host's name is
    /// not looked at: ssh puts "(user@host) " before the server's text, or asks for "user@host's password".
    /// </summary>
    private static readonly string Script = $$"""
        #!/bin/sh
        [ "$PPID" = "${{Asker}}" ] || exit 1
        case ${1#"("*@*") "} in
          *[Pp]assphrase*|*[Cc]urrent[\ \)]*[Pp]assword*|*[Oo]ld\ *[Pp]assword*|*[Nn]ew\ *[Pp]assword*|*[Oo]ne[-\ ][Tt]ime\ *) exit 1;;
          *[Pp]assword*) ;;
          *) exit 1;;
        esac
        IFS= read -r p <"${{Variable}}" && [ -n "$p" ] && printf '%s\n' "$p"
        """;

    /// <summary>Becomes ssh, whose process the script can tell from others by its number.</summary>
    private const string Launch = $"{Asker}=$$; export {Asker}; exec \"$@\"";

    private readonly FileStream _pipe;
    private readonly string _path;
    private readonly string _script;

    private PasswordPipe(FileStream pipe, string path, string script) => (_pipe, _path, _script) = (pipe, path, script);

    public static bool IsSupported => !OperatingSystem.IsWindows();

    /// <summary>The environment variables that ssh needs.</summary>
    private IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["SSH_ASKPASS"] = _script,
        ["SSH_ASKPASS_REQUIRE"] = "force",
        ["DISPLAY"] = System.Environment.GetEnvironmentVariable("DISPLAY") ?? "none", // Before version 8.4, ssh runs SSH_ASKPASS only if DISPLAY is set.
        [Variable] = _path,
    };

    /// <param name="path">The pipe's path, in a folder that only the user can enter.</param>
    /// <param name="script">The script's path. The script is written if it is missing.</param>
    /// <exception cref="RemoteException">This machine could not make the pipe.</exception>
    public static PasswordPipe Open(string path, string script, string password)
    {
        try
        {
            WriteScript(script);
            if (MakePipe(path, OwnerOnly) != 0) throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
            return new PasswordPipe(Fill(path, password), path, script);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RemoteException(new Failure(FailureKind.ControllerFault, $"ssh could not be given the password: {e.Message}",
                "is there space left in that folder, and are there file descriptors left (ulimit -n)?"));
        }
    }

    /// <summary>The plan for an ssh that gets the password. The pipe is closed when ssh has logged in, or ends.</summary>
    public ChildPlan Of(string program, IReadOnlyList<string> arguments) =>
        new("sh", ["-c", Launch, OwnShell.Name, program, .. arguments]) { Environment = Environment, Companion = this };

    public void Dispose()
    {
        _pipe.Dispose();
        File.Delete(_path);
    }

    private static FileStream Fill(string path, string password)
    {
        try
        {
            // Opened for reading and writing, the pipe does not block until a reader comes, and keeps bytes that nobody has read.
            var pipe = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            byte[] line = Encoding.UTF8.GetBytes(password + '\n');
            for (int i = 0; i < MostAnswers; i++) pipe.Write(line);
            for (int i = 0; i < MostRefusals; i++) pipe.Write("\n"u8);
            return pipe;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static void WriteScript(string script)
    {
        if (File.Exists(script)) return;
        string temporary = $"{script}.{System.IO.Path.GetRandomFileName()}";
        File.WriteAllText(temporary, Script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(temporary, script, overwrite: true);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MakePipe(string path, uint mode);
}
