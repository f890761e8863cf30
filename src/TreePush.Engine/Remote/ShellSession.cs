using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote;

/// <summary>
/// Runs one command, or copies one file, in a waiting shell at the far end of a channel, by the protocol of
/// <see cref="RemoteScript"/> or <see cref="CopyScript"/>.
/// </summary>
internal sealed class ShellSession(Host host, ShellChannel shell, TimeProvider time)
{
    /// <summary>How long a killed command may take to end before its connection is cut.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long output may still come after a command's end: a daemon that it started may hold the streams open for ever.
    /// </summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Tail _tail = new();
    private readonly string _mark = RemoteScript.NewMark();
    private int? _status;
    private string _home = "/";
    private bool _isHashed;

    /// <summary>Whether the host's shell has said anything by the protocol. If not, a server that refuses sessions has run nothing.</summary>
    public bool HasStarted => _started.Task.IsCompleted;

    /// <summary>The last lines that were printed.</summary>
    public IReadOnlyList<string> Tail => _tail.Lines;

    /// <summary>Runs a command to its end, or to the end of the connection.</summary>
    /// <param name="limit">How long the shell may take to answer, where it is waited for.</param>
    public async Task<RemoteExit> RunAsync(RemoteCommand command, Action<OutputLine> output, Func<CancellationToken, LoginLimit> limit, CancellationToken ct)
    {
        using var deaf = new CancellationTokenSource();
        var reading = shell.ReadLinesAsync(line => Take(line, output), deaf.Token);
        if (command.IsOnce) await StartAsync(RemoteScript.Greet(_mark), _started.Task, reading, deaf, limit, ct);
        using var ended = new CancellationTokenSource();
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(ct, ended.Token);
        var beating = BeatAsync(RemoteScript.Run(command, _mark), killed.Token);
        await EndAsync(reading, deaf, ct);
        await ended.CancelAsync();
        await beating;
        return new RemoteExit(_status, Tail);
    }

    /// <summary>Sends a file to the shell and waits until it is in place.</summary>
    /// <param name="limit">How long the shell may take to answer.</param>
    /// <exception cref="RemoteException">It could not be written.</exception>
    public async Task<CopiedFile> CopyInAsync(Stream content, FileCopy file, Func<CancellationToken, LoginLimit> limit, CancellationToken ct)
    {
        using var deaf = new CancellationTokenSource();
        var reading = shell.ReadLinesAsync(line => Take(line, _ => { }), deaf.Token);
        await StartAsync(CopyScript.Of(file, Guid.NewGuid().ToString("n")[..8], _mark), _started.Task, reading, deaf, limit, ct);
        bool isWanted = await IsWantedAsync(ct);
        if (isWanted) await SendAsync(content, ct);
        shell.CloseInput();
        await EndAsync(reading, deaf, ct);
        ct.ThrowIfCancellationRequested();
        string folder = file.FullFolder(_home);
        string path = $"{folder.TrimEnd('/')}/{file.Name}";
        if (_status is 0) return new CopiedFile(folder, path, _isHashed, !isWanted);
        if (_status is { } status) throw new RemoteException(CopyDiagnosis.Of(host, path, status, Tail));
        throw new RemoteException(shell.Judge(null, Tail).Loss ?? SshDiagnosis.OfLoss(host, []));
    }

    /// <summary>Sends the first line, and waits until the shell has answered it.</summary>
    /// <exception cref="RemoteException">It does not answer.</exception>
    private async Task StartAsync(
        string line, Task answered, Task reading, CancellationTokenSource deaf, Func<CancellationToken, LoginLimit> limit, CancellationToken ct)
    {
        await using var patience = limit(ct);
        try
        {
            await shell.WriteLineAsync(line, patience.Token);
            await Task.WhenAny(answered, reading).WaitAsync(patience.Token);
            if (answered.IsCompleted) return;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The shell is gone, or it takes too long; what was said of it tells why.
        }

        bool isSilent = patience.Token.IsCancellationRequested;
        await EndAsync(reading, deaf, new CancellationToken(true));
        ct.ThrowIfCancellationRequested();
        throw new RemoteException(isSilent ? SshDiagnosis.OfSilence(host) : SshDiagnosis.OfConnection(host, Tail)) { Complaints = Tail };
    }

    /// <returns>False where the host has the file already, or has ended without taking it.</returns>
    private async Task<bool> IsWantedAsync(CancellationToken ct)
    {
        try
        {
            await Task.WhenAny(_wanted.Task, _reported.Task, shell.WaitAsync(ct)).WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            // The caller ends the copy.
        }

        return _wanted.Task.IsCompletedSuccessfully && await _wanted.Task;
    }

    /// <summary>Sends the content, or as much of it as the host takes.</summary>
    private async Task SendAsync(Stream content, CancellationToken ct)
    {
        // A host that gives up reads no more; whoever writes would wait until the connection is closed.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var sending = SendUntilAsync(content, over.Token);
        await Task.WhenAny(sending, _reported.Task, shell.WaitAsync(over.Token));
        await over.CancelAsync();
        await sending;
    }

    private async Task SendUntilAsync(Stream content, CancellationToken over)
    {
        try
        {
            await content.CopyToAsync(shell.Input, over);
            await shell.Input.FlushAsync(over);
        }
        catch (IOException)
        {
            // The shell is gone; its output tells why.
        }
        catch (OperationCanceledException)
        {
            // The end of its input tells the shell to stop. It finds the file too short and removes it.
        }
    }

    private void Take(OutputLine line, Action<OutputLine> output)
    {
        // If a command's last line has no newline, the mark is in that line.
        int at = line.IsError ? line.Text.IndexOf(_mark, StringComparison.Ordinal) : -1;
        if (at >= 0 && Hear(line.Text[(at + _mark.Length)..].TrimStart()))
        {
            if (at == 0) return;
            line = line with { Text = line.Text[..at] };
        }

        _tail.Add(line.Text);
        output(line);
    }

    /// <param name="said">What follows the mark.</param>
    private bool Hear(string said)
    {
        switch (said)
        {
            case RemoteScript.Started: break;
            case CopyScript.Want: _wanted.TrySetResult(true); break;
            case CopyScript.There: _wanted.TrySetResult(false); break;
            case CopyScript.Hashed: _isHashed = true; break;
            case CopyScript.Sized: break;
            case var home when home.StartsWith(CopyScript.Home + ' ', StringComparison.Ordinal): _home = home[(CopyScript.Home.Length + 1)..]; break;
            case var number when int.TryParse(number, out int status):
                _status = status;
                _reported.TrySetResult();
                break;
            default: return false;
        }

        _started.TrySetResult();
        return true;
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
