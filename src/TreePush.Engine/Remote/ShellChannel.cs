using System.Text;

namespace TreePush.Engine.Remote;

/// <summary>The three streams of a shell at a host, and its end: a program here that leads to it, or a channel of an ssh connection.</summary>
internal abstract class ShellChannel : IDisposable
{
    /// <summary>How long output may still come after the shell's own end: what it started may hold the streams open for ever, as the ssh of a ProxyJump does on a dead line.</summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long a shell that was killed may take to be gone: one that waits for a disk that hangs can't be killed.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Standard input. Closing it is how the shell is told to end.</summary>
    public abstract Stream Input { get; }

    /// <summary>Standard output, for who reads bytes; lines are read by <see cref="ReadLinesAsync"/>.</summary>
    public abstract Stream Output { get; }

    /// <summary>What an exit status means here, or none, with the last lines that were printed.</summary>
    public abstract ProgramExit Judge(int? status, IReadOnlyList<string> tail);

    protected abstract Stream Error { get; }

    /// <returns>The exit status; null where none was reported.</returns>
    public abstract Task<int?> WaitAsync(CancellationToken ct);

    /// <summary>The host has let us in: what was needed for that can go.</summary>
    public virtual void LetGoOfSecrets()
    {
        // Most channels have none.
    }

    /// <summary>Closes standard input; a shell that is gone already has none.</summary>
    public abstract void CloseInput();

    /// <summary>Cuts the shell off.</summary>
    public abstract void Kill();

    /// <summary>Reads both output streams to their ends, line by line.</summary>
    /// <param name="ct">Ends the reading before the streams do.</param>
    public async Task ReadLinesAsync(Action<OutputLine> output, CancellationToken ct)
    {
        object gate = new();
        void Hand(string text, bool isError)
        {
            lock (gate) output(new OutputLine(text, isError));
        }

        await Task.WhenAll(
            OutputLines.ReadAsync(Output, line => Hand(line, false), ct),
            OutputLines.ReadAsync(Error, line => Hand(line, true), ct));
    }

    /// <summary>Reads standard error alone to its end, line by line.</summary>
    public Task ReadErrorLinesAsync(Action<string> error, CancellationToken ct) => OutputLines.ReadAsync(Error, error, ct);

    public async Task WriteLineAsync(string line, CancellationToken ct)
    {
        await Input.WriteAsync(Utf8.GetBytes(line + '\n'), ct);
        await Input.FlushAsync(ct);
    }

    /// <summary>Waits for the shell's end, and then, though not for long, for the end of its output.</summary>
    /// <param name="reading">The reading of its output.</param>
    /// <returns>Its exit status; null where there was none, and where <see cref="StopAsync"/> gave it up while it still ran.</returns>
    public async Task<int?> EndAsync(Task reading)
    {
        try
        {
            int? status = await WaitAsync(_abandoned.Token);
            await reading.WaitAsync(OutputPatience, _abandoned.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return status;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Has the shell end by the end of its input, or else by force, with all that it started. It is waited for only so long.</summary>
    /// <param name="ended">The waiting for its end, by <see cref="EndAsync"/>.</param>
    /// <param name="patience">How long it may take to end by itself.</param>
    public async Task StopAsync(Task ended, TimeSpan patience)
    {
        CloseInput();
        if (await IsOverAsync(ended, patience)) return;
        KillAll();
        if (!await IsOverAsync(ended, OutputPatience + KillPatience)) await _abandoned.CancelAsync();
        await ended;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cuts the shell off, with all that it started here.</summary>
    protected virtual void KillAll() => Kill();

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _abandoned.Dispose();
    }

    private static async Task<bool> IsOverAsync(Task ended, TimeSpan patience)
    {
        await ended.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ended.IsCompleted;
    }
}
