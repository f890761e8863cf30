using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Html;
using TreePush.Cli.Output.Json;
using TreePush.Cli.Output.Log;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Running;

/// <summary>The observers of a run, for any job: log, tally, screen, JSON, report.</summary>
internal sealed class RunSession : IAsyncDisposable
{
    private readonly RunSettings _settings;
    private readonly RunLog _log;
    private readonly List<ObserverQueue> _queues = [];

    private RunSession(RunFolder folder, IReadOnlySet<HostName> served, RunSettings settings)
    {
        (Folder, Served, _settings) = (folder, served, settings);
        _log = new RunLog(settings.LogFolder, folder.Request.Run, settings.Debug);
    }

    public RunFolder Folder { get; }

    /// <summary>Targets that an earlier part of the run has served.</summary>
    public IReadOnlySet<HostName> Served { get; }

    public required IRunView View { get; init; }

    public required Screen Screen { get; init; }

    public HtmlReport? Report { get; private init; }

    /// <summary>
    /// The observers. Each queue has a thread of its own, so that blocked output delays neither the run nor other output.
    /// </summary>
    public IReadOnlyList<IRunObserver> Observers => [_log, .. _queues];

    public static RunSession Open(RunFolder folder, IReadOnlySet<HostName> served, RunSettings settings, Job job)
    {
        var session = new RunSession(folder, served, settings)
        {
            View = job.View,
            Screen = Screen.Open(settings, job.View),
            Report = settings.Report is null ? null : new HtmlReport(job.Report(served)),
        };
        session.Queue([new TallyObserver(job.View.Tally), .. session.Report is { } report ? [report] : Array.Empty<IRunObserver>(), session.Screen]);
        if (settings.Json) session.Queue([new JsonOutput(Console.Out)]);
        return session;
    }

    /// <summary>The drivers for the run's hosts; they write to the log.</summary>
    public HostDrivers Drivers(SshSecrets secrets, TimeProvider time) => new(new LocalDriver(time), SshClients.NewDriver(Folder.Request.Ssh, secrets, time, Debug));

    /// <summary>Ends the live view and prints the summary.</summary>
    /// <param name="interrupted">The exit code of an interrupted run.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> ConcludeAsync(RunFinished finished, int interrupted)
    {
        foreach (var queue in _queues) await queue.DrainAsync();
        await Screen.DisposeAsync();
        return new RunSummary(this, _settings, finished, interrupted).Show();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _queues) await queue.DisposeAsync();
        await Screen.DisposeAsync();
        _log.Dispose();
    }

    /// <summary>Receives ssh's command lines, and what relays print.</summary>
    public void Debug(string line)
    {
        _log.Debug(line);
        if (_settings.Debug) _queues[0].Post(() => Screen.Debug(line));
    }

    private void Queue(IEnumerable<IRunObserver> observers) => _queues.Add(new ObserverQueue(observers));
}
