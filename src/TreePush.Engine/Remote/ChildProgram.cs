using System.ComponentModel;
using System.Diagnostics;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>
/// A child process with redirected standard streams, in a session of its own: a ^C at the terminal never reaches it.
/// </summary>
internal sealed class ChildProgram : ShellChannel
{
    /// <summary>It may have the password for Redis in it, which no command is to know.</summary>
    private const string RedisVariable = "TREEPUSH_REDIS";

    private readonly Process _process;
    private readonly ChildPlan _plan;

    private ChildProgram(Process process, ChildPlan plan) => (_process, _plan) = (process, plan);

    public override Stream Input => _process.StandardInput.BaseStream;

    public override Stream Output => _process.StandardOutput.BaseStream;

    protected override Stream Error => _process.StandardError.BaseStream;

    /// <exception cref="RemoteException">The program could not be started.</exception>
    public static ChildProgram Start(string program, params IEnumerable<string> arguments) => Start(new ChildPlan(program, [.. arguments]));

    /// <exception cref="RemoteException">The program could not be started.</exception>
    public static ChildProgram Start(ChildPlan plan)
    {
        string[] words = [.. OwnSession.Words, plan.Program, .. plan.Arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;
        start.Environment.Remove(RedisVariable);
        foreach (var (name, value) in plan.Environment) start.Environment[name] = value;
        try
        {
            return new ChildProgram(InterruptShield.Start(() => Process.Start(start)!), plan);
        }
        catch (Win32Exception e)
        {
            plan.Companion?.Dispose();
            throw new RemoteException(new Failure(FailureKind.ControllerFault, $"{plan.Program} could not be started: {e.Message}",
                "is it installed, and are there processes and file descriptors left (ulimit -u, ulimit -n)?"));
        }
    }

    public override ProgramExit Judge(int? status, IReadOnlyList<string> tail) => _plan.Judge(status, tail);

    public override async Task<int?> WaitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    public override void LetGoOfSecrets() => _plan.Companion?.Dispose();

    public override void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The reader is gone, so buffered bytes can't be written, or the stream is closed already.
        }
    }

    public override void Kill()
    {
        if (!_process.HasExited) _process.Kill();
    }

    /// <summary>Kills what the program started. While one of these is there, no other group has its number.</summary>
    public void KillGroup() => ProcessGroup.Kill(_process.Id);

    protected override void KillAll()
    {
        Kill();
        KillGroup();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CloseInput();
            // The process does not close streams that were handed out.
            Output.Dispose();
            Error.Dispose();
            _process.Dispose();
            _plan.Companion?.Dispose();
        }

        base.Dispose(disposing);
    }
}
