using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>A shell that a host gives: it has said that it is there, and waits for a line to run.</summary>
internal sealed class HostShell : IRemoteProgram
{
    /// <summary>How long what runs may take to end by itself. Whoever no longer answers is not waited for.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    /// <summary>How long a shell whose output has ended may take to be gone, so that all is there that was said of it.</summary>
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

    /// <summary>Waits until the shell says that it is there.</summary>
    /// <param name="channel">Leads to <see cref="RemoteScript.Bootstrap"/> at the host. It is disposed of with the shell, and where there is none.</param>
    /// <param name="limit">Ends the waiting: the host took too long, or <paramref name="ct"/> ended it.</param>
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

    /// <summary>Hands the shell over to somebody, who hears what comes on standard error from now on.</summary>
    public HostShell For(Action<string> error)
    {
        _error = error;
        return this;
    }

    /// <summary>Has something done when the shell has ended.</summary>
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
            // The way there is gone already; what was said of it tells why.
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
