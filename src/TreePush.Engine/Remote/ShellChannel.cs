using System.Text;

namespace TreePush.Engine.Remote;

/// <summary>
/// The three standard streams of a shell at a host, and its exit. A channel is a program on this machine that leads to
/// the shell, or a channel of an ssh connection.
/// </summary>
internal abstract class ShellChannel : IDisposable
{
    /// <summary>
    /// How long output may still come after the shell's own exit. A process that it started may hold the streams open for
    /// ever, as the ssh of a ProxyJump does on a dead line.
    /// </summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(2);

    /// <summary>How long a killed shell may take to exit. A process that waits for a hung disk can't be killed.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Standard input. Closing it tells the shell to end.</summary>
    public abstract Stream Input { get; }

    /// <summary>Standard output, for callers that read bytes. <see cref="ReadLinesAsync"/> reads lines.</summary>
    public abstract Stream Output { get; }

    /// <summary>Interprets an exit status (null: none was reported), given the last lines that were printed.</summary>
    public abstract ProgramExit Judge(int? status, IReadOnlyList<string> tail);

    /// <summary>Completes after <see cref="Dispose()"/>, when the server knows that the session is over: only then it takes another one in its place.</summary>
    public virtual Task Closed => Task.CompletedTask;

    protected abstract Stream Error { get; }

    /// <returns>The exit status; null if none was reported.</returns>
    public abstract Task<int?> WaitAsync(CancellationToken ct);

    /// <summary>Called after the login: disposes of the secrets that only the login needs.</summary>
    public virtual void LetGoOfSecrets()
    {
        // Most channels have no secrets.
    }

    /// <summary>Closes standard input. Does nothing if the shell is gone already.</summary>
    public abstract void CloseInput();

    /// <summary>Ends the shell by force.</summary>
    public abstract void Kill();

    /// <summary>Reads both output streams to their ends, line by line.</summary>
    /// <param name="ct">Ends the reading before the streams end.</param>
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

    /// <exception cref="IOException">The shell is gone, or its input was closed meanwhile.</exception>
    public async Task WriteLineAsync(string line, CancellationToken ct)
    {
        try
        {
            await Input.WriteAsync(Utf8.GetBytes(line + '\n'), ct);
            await Input.FlushAsync(ct);
        }
        catch (ObjectDisposedException e)
        {
            throw new IOException("The shell's input was closed.", e);
        }
    }

    /// <summary>Waits for the shell's exit, and then at most <see cref="OutputPatience"/> for the end of its output.</summary>
    /// <param name="reading">The task that reads its output.</param>
    /// <returns>Its exit status; null if none was reported, or if <see cref="StopAsync"/> gave up waiting while it still ran.</returns>
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

    /// <summary>
    /// Ends the shell by closing its input, or else by force, with everything that it started. The waiting is bounded.
    /// </summary>
    /// <param name="ended">Completes when <see cref="EndAsync"/> does.</param>
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

    /// <summary>Ends the shell by force, with everything that it started on this machine.</summary>
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
