using System.Diagnostics;
using System.Text;

namespace TreePush.Testing;

/// <summary>A program that was started and can be read, written to and killed half way. Disposing kills it.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    // A daemon that the program left behind, such as a shared ssh connection, may hold its streams open for ever.
    private static readonly TimeSpan GraceForStreams = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly CancellationTokenSource _disposing = new();
    private readonly Process _process;
    private readonly TimeSpan _timeout;
    private readonly Task<TimeSpan> _ended;
    private readonly Task _streams;

    private RunningProgram(Process process, string? input, TimeSpan timeout)
    {
        _process = process;
        _timeout = timeout;
        _ended = EndAsync();
        _streams = Task.WhenAll(
            Output.CaptureAsync(process.StandardOutput, _disposing.Token),
            Error.CaptureAsync(process.StandardError, _disposing.Token),
            input is null ? Task.CompletedTask : FeedAsync(input));
    }

    /// <summary>The process id, which is the program's own.</summary>
    public int Id => _process.Id;

    public bool HasExited => _ended.IsCompleted;

    public CapturedText Output { get; } = new();

    public CapturedText Error { get; } = new();

    /// <summary>Writes a line to the program's standard input.</summary>
    public async Task WriteLineAsync(string line, CancellationToken cancellationToken = default) =>
        await _process.StandardInput.WriteAsync($"{line}\n".AsMemory(), cancellationToken);

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Signals the program alone, not what it has started.</summary>
    public void Send(Signal signal)
    {
        if (!HasExited)
            Signals.Send(Id, signal);
    }

    /// <summary>Signals the program and those of its children that stayed in its group, as a terminal does on ^C.</summary>
    public void SendToGroup(Signal signal)
    {
        if (!HasExited)
            Signals.SendToGroup(Id, signal);
    }

    /// <summary>Ends the program alone, at once, as the kernel does when memory runs out.</summary>
    public void Kill() => Send(Signal.Kill);

    /// <exception cref="TimeoutException">It took too long and was killed; the message has its output so far.</exception>
    public async Task<ProgramResult> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout > _watch.Elapsed ? _timeout - _watch.Elapsed : TimeSpan.Zero);
        try
        {
            await _ended.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAllAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"Killed, as it did not end within {_timeout.TotalSeconds:0.#} s: {await ResultAsync()}");
        }

        return await ResultAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAllAsync();
        await _disposing.CancelAsync();
        await _streams;
        _process.Dispose();
        _disposing.Dispose();
    }

    /// <param name="start">The program; with its group its own, if it is to be killed with its children.</param>
    /// <param name="input">All that it can read; null leaves its standard input open.</param>
    /// <param name="timeout">From now on.</param>
    internal static RunningProgram Start(ProcessStartInfo start, string? input, TimeSpan timeout)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = start.StandardOutputEncoding = start.StandardErrorEncoding = encoding;
        return new RunningProgram(Process.Start(start)!, input, timeout);
    }

    private async Task KillAllAsync()
    {
        SendToGroup(Signal.Kill);
        Kill(); // Once more by itself: in its first moments it does not yet lead a group.
        await _ended;
    }

    private async Task<ProgramResult> ResultAsync()
    {
        var duration = await _ended;
        await Task.WhenAny(_streams, Task.Delay(GraceForStreams));
        return new ProgramResult(_process.ExitCode, Output.Text, Error.Text, duration);
    }

    private async Task<TimeSpan> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _watch.Elapsed;
    }

    private async Task FeedAsync(string input)
    {
        try
        {
            await _process.StandardInput.WriteAsync(input.AsMemory(), _disposing.Token);
            CloseInput();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The program ended without reading all of it, which is its own affair.
        }
    }
}
