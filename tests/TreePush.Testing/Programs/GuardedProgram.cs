using System.Diagnostics;
using System.Globalization;

namespace TreePush.Testing;

/// <summary>A daemon that does not end with its standard input: a shell that is its parent ends it when the test process has gone.</summary>
internal sealed class GuardedProgram : IAsyncDisposable
{
    private const string Script = """
        "$@" & child=$!
        echo $child
        exec 3<&0
        { read -r _ <&3; kill -9 $child; } & guard=$!
        wait $child
        code=$?
        kill -9 $guard
        exit $code
        """;

    private readonly RunningProgram _shell;

    private GuardedProgram(RunningProgram shell, int child) => (_shell, ChildId) = (shell, child);

    /// <summary>The daemon's own process id.</summary>
    public int ChildId { get; }

    /// <summary>Its id in the first line, then what the daemon prints.</summary>
    public CapturedText Output => _shell.Output;

    public bool HasExited => _shell.HasExited;

    public static async Task<GuardedProgram> StartAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        // A session of its own, so that the whole group can be ended.
        var shell = RunningProgram.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script, "sh", .. command]), input: null, ProgramOptions.DefaultTimeout);
        try
        {
            await foreach (string line in shell.Output.LinesAsync(cancellationToken)) return new GuardedProgram(shell, int.Parse(line, CultureInfo.InvariantCulture));
            throw new InvalidOperationException($"{command[0]} did not start: {shell.Error.Text}");
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signals the daemon and waits for its end.</summary>
    public async Task EndAsync(Signal signal)
    {
        if (!_shell.HasExited) Signals.Send(ChildId, signal);
        await Wait.UntilAsync(() => _shell.HasExited, ProgramOptions.DefaultTimeout, () => $"the daemon does not end: {Output.Text}");
        await DisposeAsync();
    }

    public ValueTask DisposeAsync() => _shell.DisposeAsync();
}
