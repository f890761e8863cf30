using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>A program started with its three streams in our hands, in a session of its own: a ^C at the terminal never reaches it.</summary>
internal sealed class ChildProgram : IDisposable
{
    private const int LongestLine = 8192;

    /// <summary>How long output may still come after the program's own end: what it started may hold the streams open for ever, as the ssh of a ProxyJump does on a dead line.</summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long a program that was killed may take to be gone: one that waits for a disk that hangs can't be killed.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private readonly Process _process;
    private readonly CancellationTokenSource _abandoned = new();

    private ChildProgram(Process process) => _process = process;

    /// <summary>The program's standard input. Closing it is how it is told to end.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The program's standard output, for who reads bytes; lines are read by <see cref="ReadLinesAsync(Action{OutputLine}, CancellationToken)"/>.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <exception cref="RemoteException">The program could not be started.</exception>
    public static ChildProgram Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] words = [.. OwnSession.Words, program, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        try
        {
            return new ChildProgram(InterruptShield.Start(() => Process.Start(start)!));
        }
        catch (Win32Exception e)
        {
            throw new RemoteException(new Failure(FailureKind.ControllerFault, $"{program} could not be started: {e.Message}",
                "is it installed, and are there processes and file descriptors left (ulimit -u, ulimit -n)?"));
        }
    }

    /// <summary>Reads both output streams to their ends, line by line; a carriage return ends a line too, as progress bars use it.</summary>
    /// <param name="ct">Ends the reading before the streams do.</param>
    public async Task ReadLinesAsync(Action<OutputLine> output, CancellationToken ct)
    {
        object gate = new();
        void Hand(string text, bool isError)
        {
            lock (gate) output(new OutputLine(text, isError));
        }

        await Task.WhenAll(
            ReadLinesAsync(_process.StandardOutput.BaseStream, line => Hand(line, false), ct),
            ReadLinesAsync(_process.StandardError.BaseStream, line => Hand(line, true), ct));
    }

    /// <summary>Reads standard error alone to its end, line by line.</summary>
    public Task ReadErrorLinesAsync(Action<string> error, CancellationToken ct) => ReadLinesAsync(_process.StandardError.BaseStream, error, ct);

    public async Task<int> WaitAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct);
        return _process.ExitCode;
    }

    /// <summary>Waits for the program's end, and then, though not for long, for the end of its output.</summary>
    /// <param name="reading">The reading of its output.</param>
    /// <returns>Its exit status; null where <see cref="StopAsync"/> gave it up while it still ran.</returns>
    public async Task<int?> EndAsync(Task reading)
    {
        try
        {
            int status = await WaitAsync(_abandoned.Token);
            await reading.WaitAsync(OutputPatience, _abandoned.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return status;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Has the program end by the end of its input, or else by force, with all that it started. It is waited for only so long.</summary>
    /// <param name="ended">The waiting for its end, by <see cref="EndAsync"/>.</param>
    /// <param name="patience">How long it may take to end by itself.</param>
    public async Task StopAsync(Task ended, TimeSpan patience)
    {
        CloseInput();
        if (await IsOverAsync(ended, patience)) return;
        Kill();
        ProcessGroup.Kill(_process.Id);
        if (!await IsOverAsync(ended, OutputPatience + KillPatience)) await _abandoned.CancelAsync();
        await ended;
    }

    public async Task WriteLineAsync(string line, CancellationToken ct)
    {
        await Input.WriteAsync(Utf8.GetBytes(line + '\n'), ct);
        await Input.FlushAsync(ct);
    }

    /// <summary>Closes standard input; a program that is gone already has none.</summary>
    public void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // What was still to be written has no reader any more.
        }
    }

    public void Kill()
    {
        if (!_process.HasExited) _process.Kill();
    }

    public void Dispose()
    {
        CloseInput();
        _process.Dispose();
        _abandoned.Dispose();
    }

    private static async Task<bool> IsOverAsync(Task ended, TimeSpan patience)
    {
        await ended.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ended.IsCompleted;
    }

    private static async Task ReadLinesAsync(Stream stream, Action<string> hand, CancellationToken ct)
    {
        using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false);
        var buffer = new char[4096];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer.AsMemory(), ct)) > 0)
            for (int i = 0; i < read; i++)
            {
                char c = buffer[i];
                if (c is not ('\n' or '\r')) line.Append(c);
                if (c is '\n' || ((c is '\r' || line.Length >= LongestLine) && line.Length > 0)) Flush(line, hand);
            }

        if (line.Length > 0) Flush(line, hand);
    }

    private static void Flush(StringBuilder line, Action<string> hand)
    {
        hand(line.ToString());
        line.Clear();
    }
}
