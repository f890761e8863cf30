using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>
/// Runs one command, or copies one file, in a waiting shell at the far end of a channel, by the protocol of
/// <see cref="RemoteScript"/>.
/// </summary>
internal sealed class ShellSession(ShellChannel shell, TimeProvider time)
{
    /// <summary>How long a killed command may take to end before its connection is cut.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long output may still come after a command's end: a daemon that it started may hold the streams open for ever.
    /// </summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Tail _tail = new();
    private readonly string _mark = RemoteScript.NewMark();
    private int? _status;

    /// <summary>Runs a command to its end, or to the end of the connection.</summary>
    public async Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, CancellationToken ct)
    {
        using var deaf = new CancellationTokenSource();
        var reading = shell.ReadLinesAsync(line => Take(line, output), deaf.Token);
        using var ended = new CancellationTokenSource();
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(ct, ended.Token);
        var beating = BeatAsync(RemoteScript.Run(command, _mark), killed.Token);
        await EndAsync(reading, deaf, ct);
        await ended.CancelAsync();
        await beating;
        return new RemoteExit(_status, _tail.Lines);
    }

    /// <summary>Sends a file to the shell and waits until it is in place.</summary>
    public async Task CopyInAsync(Stream content, long length, string path, UnixFileMode mode, CancellationToken ct)
    {
        using var deaf = new CancellationTokenSource();
        var reading = shell.ReadLinesAsync(line => Take(line, _ => { }), deaf.Token);
        try
        {
            await shell.WriteLineAsync(RemoteScript.CopyIn(path, length, mode, _mark), ct);
            await content.CopyToAsync(shell.Input, ct);
        }
        catch (IOException)
        {
            // The shell is gone; its output tells why.
        }
        catch (OperationCanceledException)
        {
            // The end of its input tells the shell to stop. It finds the file too short and removes it.
        }

        shell.CloseInput();
        await EndAsync(reading, deaf, ct);
        ct.ThrowIfCancellationRequested();
        if (_status is 0) return;
        string said = _tail.Lines.LastOrDefault() ?? "the connection was lost";
        var kind = _status is null ? FailureKind.ConnectionLost : FailureKind.CommandFailed;
        throw new RemoteException(new Failure(kind, $"{path} could not be written: {said}", null, _status));
    }

    private void Take(OutputLine line, Action<OutputLine> output)
    {
        if (line.IsError && line.Text.StartsWith(_mark, StringComparison.Ordinal) && int.TryParse(line.Text.AsSpan(_mark.Length), out int status))
        {
            Report(status);
            return;
        }

        // If a command's last line has no newline, the mark is in that line.
        int at = line.IsError ? line.Text.IndexOf(_mark, StringComparison.Ordinal) : -1;
        if (at > 0 && int.TryParse(line.Text.AsSpan(at + _mark.Length), out status))
        {
            Report(status);
            line = line with { Text = line.Text[..at] };
        }

        _tail.Add(line.Text);
        output(line);
    }

    private void Report(int status)
    {
        _status = status;
        _reported.TrySetResult();
    }

    /// <summary>Sends the script, then heartbeats until the command has ended or is to be killed.</summary>
    private async Task BeatAsync(string script, CancellationToken ct)
    {
        try
        {
            await shell.WriteLineAsync(script, ct);
            using var timer = new PeriodicTimer(RemoteScript.HeartbeatEvery, time);
            while (await timer.WaitForNextTickAsync(ct)) await shell.WriteLineAsync("", ct);
        }
        catch (OperationCanceledException)
        {
            shell.CloseInput();
        }
        catch (IOException)
        {
            // The other end is gone; the end of its output tells so as well.
        }
    }

    /// <summary>
    /// Waits for the end of the output and of the program. After the command's own end, and after a kill, the waiting is
    /// bounded.
    /// </summary>
    /// <param name="deaf">Cancels the reading.</param>
    private async Task EndAsync(Task reading, CancellationTokenSource deaf, CancellationToken ct)
    {
        var ending = Task.WhenAll(reading, shell.WaitAsync(CancellationToken.None));
        var patience = OutputPatience;
        try
        {
            await Task.WhenAny(ending, _reported.Task).WaitAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            patience = KillPatience;
            shell.CloseInput();
        }

        if (await Task.WhenAny(ending, Task.Delay(patience, time, CancellationToken.None)) != ending)
        {
            shell.Kill();
            deaf.CancelAfter(OutputPatience);
        }

        try
        {
            await ending;
        }
        catch (OperationCanceledException)
        {
            // A process that the command left behind holds its output open. That output is not read any more.
        }
    }
}
