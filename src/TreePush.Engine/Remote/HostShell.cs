using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>A shell at a host. It has reported that it is ready, and waits for one line to run.</summary>
internal sealed class HostShell : IRemoteProgram
{
    /// <summary>How long the shell may take to end after its input is closed, before it is killed.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long to wait for a shell's exit after its output has ended, so that all of its standard error has been read.
    /// </summary>
    private static readonly TimeSpan GonePatience = TimeSpan.FromSeconds(5);

    private readonly Host _host;
    private readonly ShellChannel _channel;
    private readonly MarkedStream _output;
    private readonly Tail _complaints = new();
    private volatile Action<string> _error = _ => { };
    private volatile bool _closed;

    private HostShell(Host host, ShellChannel channel)
    {
        (_host, _channel) = (host, channel);
        _output = new MarkedStream(channel.Output);
        Ended = WatchAsync(channel.ReadErrorLinesAsync(Hear, CancellationToken.None));
    }

    public Stream Input => _channel.Input;

    public Stream Output => _output;

    public Task<ProgramExit> Ended { get; }

    /// <summary>The last lines of standard error.</summary>
    public IReadOnlyList<string> Complaints => _complaints.Lines;

    /// <summary>Waits until the shell reports that it is ready.</summary>
    /// <param name="channel">Leads to <see cref="RemoteScript.Bootstrap"/> at the host. It is disposed of with the shell, and if the opening fails.</param>
    /// <param name="limit">Ends the waiting: the host took too long, or <paramref name="ct"/> was cancelled.</param>
    /// <exception cref="RemoteException">The host gives no shell; the failure says why.</exception>
    public static async Task<HostShell> OpenAsync(Host host, ShellChannel channel, CancellationToken limit, CancellationToken ct)
    {
        var shell = new HostShell(host, channel);
        try
        {
            await shell.StartAsync(limit);
            return shell;
        }
        catch (Exception e)
        {
            await shell.DisposeAsync();
            if (e is not OperationCanceledException || ct.IsCancellationRequested) throw;
            throw new RemoteException(SshDiagnosis.OfSilence(host)) { Complaints = shell.Complaints };
        }
    }

    /// <summary>Hands the shell over to a caller, which receives the lines of standard error from now on.</summary>
    public HostShell For(Action<string> error)
    {
        _error = error;
        return this;
    }

    /// <summary>Calls <paramref name="end"/> when the shell has ended.</summary>
    public HostShell Then(Action end)
    {
        Ended.GetAwaiter().OnCompleted(end);
        return this;
    }

    public void CloseInput() => _channel.CloseInput();

    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _closed = true;
        await _channel.StopAsync(Ended, EndPatience);
        _channel.Dispose();
    }

    private async Task StartAsync(CancellationToken limit)
    {
        string mark = RemoteScript.NewMark();
        try
        {
            await _channel.WriteLineAsync(RemoteScript.Hold(mark), limit);
        }
        catch (IOException)
        {
            // The connection is gone already; standard error tells why.
        }

        switch (await _output.ReadMarkedLineAsync(mark, limit))
        {
            case RemoteScript.Ready:
                _channel.LetGoOfSecrets();
                return;
            case null: throw new RemoteException(await WhyAsync(limit)) { Complaints = Complaints };
            default: throw new RemoteException(SshDiagnosis.OfLoginScript(_host));
        }
    }

    private async Task<Failure> WhyAsync(CancellationToken limit)
    {
        await ((Task)Ended).WaitAsync(GonePatience, limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Ended.IsCompleted ? SshDiagnosis.OfConnection(_host, Complaints) : SshDiagnosis.OfSilence(_host);
    }

    private void Hear(string line)
    {
        _complaints.Add(line);
        _error(line);
    }

    private async Task<ProgramExit> WatchAsync(Task reading)
    {
        int? status = await _channel.EndAsync(reading);
        return _closed ? new ProgramExit(status, null) : _channel.Judge(status, Complaints);
    }
}
