using TreePush.Cli.Output.Dispatching;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary>A dispatcher at work: its output, its signals, its alerts.</summary>
internal sealed class DispatchSession : IAsyncDisposable
{
    /// <summary>Without a watched folder somebody waits for the end, and does not wait for long.</summary>
    private const int AttemptsForFiles = 3;

    private readonly DispatchSettings _settings;
    private readonly DispatchConfig _config;
    private readonly DispatchFolder _folder;
    private readonly DispatchJournal _journal;
    private readonly DispatchOutput _output;
    private readonly DispatchStop _stop = new();
    private readonly Signals _signals;
    private readonly Carriers _carriers;
    private readonly PackageAlerts _alerts;
    private readonly Dispatcher _dispatcher;

    public DispatchSession(DispatchSettings settings, DispatchConfig config, RuleBook rules, SshSecrets secrets, DispatchFolder folder, DispatchJournal journal, DispatchOutput output)
    {
        (_settings, _config, _folder, _journal, _output) = (settings, config, folder, journal, output);
        _signals = new Signals(_stop.Stop);
        _alerts = new PackageAlerts(config.Alerts, output.Lines, output.Warn);
        _carriers = new Carriers(settings, secrets, config, folder, output.Warn, line => output.Debug(line, settings.Debug));
        var retry = settings.Verb == DispatchVerb.Watch ? config.Retry : config.Retry with { Attempts = Math.Min(config.Retry.Attempts, AttemptsForFiles) };
        var context = new DispatchContext(folder, journal, rules, _carriers.Carrier, TimeProvider.System) { Retry = retry, Parallel = config.Parallel, Observe = Tell };
        _dispatcher = new Dispatcher(context, _stop);
    }

    /// <summary>Delivers files, and goes on with packages that an earlier dispatcher has left.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> DeliverAsync(IReadOnlyList<string> files)
    {
        using var staging = Staging.Open(_folder.Packages);
        await _dispatcher.RecoverAsync(staging, CancellationToken.None);
        var ids = new List<string?>();
        foreach (string file in files.TakeWhile(_ => !_stop.Soon.IsCancellationRequested))
            ids.Add(await _dispatcher.AdmitAsync(Path.GetFullPath(file), ct => staging.StageFileAsync(file, ct), CancellationToken.None));
        await _dispatcher.WaitAsync();
        return Concluded(ids.Count == files.Count && ids.All(IsDone));
    }

    /// <summary>Delivers what arrives in a folder, until it is stopped.</summary>
    public async Task<int> WatchAsync()
    {
        using var staging = Staging.Open(_folder.Packages);
        await _dispatcher.RecoverAsync(staging, CancellationToken.None);
        var options = new ArrivalOptions
        {
            Quiet = _config.Quiet,
            Filter = _config.Ignore,
            Initial = _settings.Initial,
            Parallel = _config.Parallel,
            Notify = notice => _output.Say(notice.ToString(), isTrouble: true),
        };
        _output.Say($"watching {DisplayText.Line(_settings.Watched!)}", isTrouble: false);
        var adopting = _dispatcher.AdoptAsync(_stop.Soon);
        await new FolderDispatch(_dispatcher, _folder, staging, options, TimeProvider.System).RunAsync(Path.GetFullPath(_settings.Watched!), _output.Warn, _stop.Soon);
        await adopting;
        await _dispatcher.WaitAsync();
        // To be stopped is the only way in which a watch ends.
        return ExitCode.Success;
    }

    /// <summary>Tries packages again that failed.</summary>
    public async Task<int> RetryAsync(IReadOnlyList<string> names)
    {
        var packages = Named(names, _settings.All);
        bool found = packages.Count > 0;
        foreach (var package in packages)
            foreach (var delivery in package.Deliveries.Values.Where(d => d.State is PackageState.Failed or PackageState.Unknown)) found &= await AskAsync(package, delivery);
        foreach (var package in packages.Where(p => !_dispatcher.Work(p.Id) && !IsFinal(p.Id)))
        {
            _output.Say($"{DisplayText.Line(package.Name)} is being worked on by another process", isTrouble: true);
            found = false;
        }

        await _dispatcher.WaitAsync();
        return Concluded(found && packages.All(p => IsDone(p.Id)));
    }

    /// <summary>Removes packages from the journal.</summary>
    public async Task<int> ForgetAsync(IReadOnlyList<string> names)
    {
        bool all = true;
        foreach (string name in names)
        {
            var packages = Named([name], all: false);
            var refused = _journal.Read(b => b.Refused.Where(r => r.Path == name || Path.GetFileName(r.Path) == name).ToList());
            foreach (var package in packages) all &= await ForgetAsync(package);
            foreach (var refusal in refused) await RecordAsync(new PackageForgotten(DateTimeOffset.UtcNow, refusal.Path));
            if (packages.Count + refused.Count > 0) continue;
            _output.Say($"there is no package {HostSyntax.Quoted(name)}", isTrouble: true);
            all = false;
        }

        return all ? ExitCode.Success : ExitCode.Failed;
    }

    public async ValueTask DisposeAsync()
    {
        _signals.Dispose();
        _dispatcher.Dispose();
        await _carriers.DisposeAsync();
        await _alerts.DisposeAsync();
        _stop.Dispose();
    }

    private void Tell(DispatchEvent happened)
    {
        _output.Tell(happened);
        _alerts.Add(happened);
    }

    private bool IsDone(string? id) => id is not null && _journal.Read(b => b.Find(id)) is null or { IsDone: true };

    private bool IsFinal(string id) => _journal.Read(b => b.Find(id)) is null or { IsFinal: true };

    private int Concluded(bool succeeded)
    {
        if (succeeded) return ExitCode.Success;
        return _stop.Soon.IsCancellationRequested ? _signals.ExitCode : ExitCode.Failed;
    }

    private List<Package> Named(IReadOnlyList<string> names, bool all)
    {
        var found = new List<Package>();
        if (all) found.AddRange(_journal.Read(b => b.Packages.Where(p => p.State is PackageState.Failed or PackageState.Unknown).ToList()));
        foreach (string name in names)
        {
            var named = _journal.Read(b => b.Packages.Where(p => p.Name == name || p.Id == name).ToList());
            if (named.Count == 0 && _settings.Verb == DispatchVerb.Retry) _output.Say($"there is no package {HostSyntax.Quoted(name)}", isTrouble: true);
            // Of packages with one name the newest is meant; an id names any other.
            if (named.Count > 0) found.Add(named.MaxBy(p => p.Arrival.Time)!);
        }

        return [.. found.DistinctBy(p => p.Id)];
    }

    /// <summary>Asks for another attempt at a host.</summary>
    /// <returns>False if that needs a word from the user first.</returns>
    private async Task<bool> AskAsync(Package package, Delivery delivery)
    {
        if (_settings.Installed) return await RecordAsync(new PackageInstalled(DateTimeOffset.UtcNow, package.Id, delivery.Host) { ByHand = true });
        if (delivery.Delivered is null) return await RecordAsync(new RetryAsked(DateTimeOffset.UtcNow, package.Id, delivery.Host, Install: false));
        if (_settings.Install) return await RecordAsync(new RetryAsked(DateTimeOffset.UtcNow, package.Id, delivery.Host, Install: true));
        string state = delivery.State == PackageState.Unknown ? "may be installed" : "was not installed: the command failed";
        _output.Say($"{DisplayText.Line(package.Name)} → {delivery.Host}: the package {state}", isTrouble: true);
        _output.Say("  hint: look at the host; --install runs the install command again, --installed takes the package for installed", isTrouble: true);
        return false;
    }

    private async Task<bool> ForgetAsync(Package package)
    {
        using var claim = _folder.TryClaim(package.Id);
        if (claim is null)
        {
            _output.Say($"{DisplayText.Line(package.Name)} is being worked on by another process", isTrouble: true);
            return false;
        }

        await RecordAsync(new PackageForgotten(DateTimeOffset.UtcNow, package.Id));
        _folder.Remove(package.Id);
        return true;
    }

    private async Task<bool> RecordAsync(DispatchEvent happened)
    {
        string? name = happened is PackageForgotten f ? _journal.Read(b => b.Find(f.Package))?.Name ?? f.Package : null;
        bool written = await _journal.AppendAsync(happened, CancellationToken.None);
        if (written && name is not null) _output.Say($"{DisplayText.Line(name)} is forgotten", isTrouble: false);
        else if (written) Tell(happened);
        return written;
    }
}
