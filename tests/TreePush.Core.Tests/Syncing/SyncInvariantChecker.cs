using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;

namespace TreePush.Core.Tests.Syncing;

/// <summary>
/// Watches a sync from outside, as the Engine would see it, and knows the rules: who is up, who hangs on whom, who has
/// everything. It throws at the first step that breaks one.
/// </summary>
internal sealed class SyncInvariantChecker(SyncPlan plan)
{
    private const int MostSteps = 2_000_000;

    private readonly HashSet<HostName> _targets = [.. plan.Targets.Select(t => t.Name)];
    private readonly HashSet<HostName> _sources = [.. plan.Sources.Select(s => s.Name)];
    private readonly HashSet<HostName> _opening = [], _up = [], _complete = [], _succeeded = [], _failed = [], _barred = [], _mirrors = [];

    /// <summary>Given up, though their relays may still run.</summary>
    private readonly HashSet<HostName> _abandoned = [];
    private readonly Dictionary<int, (HostName Parent, HostName Child)> _asked = [];
    private readonly Dictionary<HostName, int> _pending = [];
    private readonly Dictionary<HostName, int> _standing = [];
    private HostName? _writer;
    private DateTimeOffset _now;
    private int _steps;
    private bool _over;

    public List<RunEvent> Events { get; } = [];

    public List<SyncCommand> Commands { get; } = [];

    /// <summary>Whether to look for cycles at each new link; it costs as much as the chain is long.</summary>
    public bool LooksForCycles { get; init; } = true;

    public void Check(SyncInput input, RunStep<SyncCommand> step, DateTimeOffset now)
    {
        Require(!_over || (step.Commands.Count == 0 && step.Events.Count == 0), "nothing happens after the end");
        Require(now >= _now, "time never runs backwards");
        Require(++_steps < MostSteps, "every run ends");
        _now = now;
        Note(input);
        foreach (var happened in step.Events) Note(happened);
        foreach (var command in step.Commands) Note(command);
        _over = step.Finished;
    }

    public void CheckEnd()
    {
        Require(_over && Events[^1] is RunFinished, "the end is told last");
        Require(_up.Count + _opening.Count == 0, "every relay is closed at the end");
        var end = (RunFinished)Events[^1];
        int skipped = Events.OfType<TargetSkipped>().Count();
        Require(end.Succeeded == _succeeded.Count + skipped + plan.Served.Count, "every target that has all is counted as succeeded, and no other");
        Require(end.Failed == _failed.Count, "every target given up is counted as failed, and no other");
        Require(end.Succeeded + end.Failed + end.NotTried == _targets.Count, "no target is forgotten");
        Require(!_failed.Overlaps(_succeeded), "no target has both succeeded and failed");
    }

    private void Note(SyncInput input)
    {
        switch (input)
        {
            case SyncInput.Opened e when _opening.Remove(e.Host): _up.Add(e.Host); break;
            case SyncInput.Opened e: _abandoned.Add(e.Host); break;
            case SyncInput.Lost e: Gone(e.Host); break;
            case SyncInput.Linked e when _asked.TryGetValue(e.Link, out var link):
                _standing[link.Child] = e.Link;
                if (_pending.GetValueOrDefault(link.Child) == e.Link) _pending.Remove(link.Child);
                break;
            case SyncInput.LinkLost e when _asked.TryGetValue(e.Link, out var link): Over(e.Link, link.Child); break;
            case SyncInput.Scanned e when e.Need.IsNothing || plan.Policy.DryRun: _complete.Add(e.Host); break;
            case SyncInput.Scanned e when _mirrors.Contains(e.Host): _barred.Add(e.Host); break;
            case SyncInput.Delivered e:
                _complete.Add(e.Host);
                Unhook(e.Host);
                break;
        }
    }

    private void Note(RunEvent happened)
    {
        Events.Add(happened);
        switch (happened)
        {
            case TargetServed e: Require(_succeeded.Add(e.Target), "a target is delivered once"); break;
            case HostScanned e when plan.Policy.DryRun && _targets.Contains(e.Host) && !_sources.Contains(e.Host) && !_failed.Contains(e.Host):
                _succeeded.Add(e.Host);
                break;
            case TargetFailed e: Require(_failed.Add(e.Target), "a target fails once"); break;
            case LinkFailed e: Over(e.Link, e.Child); break;
            case HostExcluded e: _barred.Add(e.Host); break;
            case HostLost e:
                if (_up.Contains(e.Host)) _abandoned.Add(e.Host);
                Gone(e.Host);
                break;
        }
    }

    private void Note(SyncCommand command)
    {
        Commands.Add(command);
        switch (command)
        {
            case SyncCommand.Open open:
                Require(!_up.Contains(open.Host.Name) && _opening.Add(open.Host.Name), "a relay is started once");
                Require(_opening.Count <= plan.Policy.MostOpening, "starts keep to their limit");
                if (open.Role == RelayRole.Source) _writer = open.Host.Name;
                if (open.Role == RelayRole.Mirror) _mirrors.Add(open.Host.Name);
                break;
            case SyncCommand.Promote promote:
                Require(_complete.Contains(promote.Host) && _up.Contains(promote.Host), "only a host that has everything is promoted");
                Unhook(promote.Host);
                _writer = promote.Host;
                break;
            case SyncCommand.Close close:
                Require(_up.Contains(close.Host) || _opening.Contains(close.Host) || _abandoned.Remove(close.Host), "only what may run is closed");
                Gone(close.Host);
                break;
            case SyncCommand.WakeAt wake: Require(wake.Time > _now, "nobody asks to be woken in the past"); break;
            case SyncCommand.Link link: Note(link); break;
        }
    }

    private void Note(SyncCommand.Link link)
    {
        Require(_up.Contains(link.Parent) && _up.Contains(link.Child), "only hosts that are up are linked");
        Require(link.Parent != link.Child, "no host is attached to itself");
        Require(link.Child != _writer && !(_complete.Contains(link.Child) && _succeeded.Contains(link.Child)), "who has everything needs no parent");
        Require(!_barred.Contains(link.Parent), "who serves no more gets no child");
        Require(!_mirrors.Contains(link.Parent) || _complete.Contains(link.Parent), "a further source serves only if it has everything");
        Require(!_pending.TryGetValue(link.Child, out int other) || !_up.Contains(_asked[other].Parent) || _barred.Contains(_asked[other].Parent),
            "nobody is told to attach to two parents at once");
        _asked.Add(link.Number, (link.Parent, link.Child));
        _pending[link.Child] = link.Number;
        if (LooksForCycles) Require(EndsWell(link.Child), "no host hangs on itself, and none of its ways ends nowhere");
    }

    /// <summary>Follows all ways up from a host, over links that stand and links asked for.</summary>
    private bool EndsWell(HostName host)
    {
        var seen = new HashSet<HostName>();
        var next = new Stack<HostName>(Parents(host));
        while (next.TryPop(out var above))
        {
            if (above == host) return false;
            if (!seen.Add(above)) continue;
            foreach (var parent in Parents(above)) next.Push(parent);
        }

        return true;
    }

    private IEnumerable<HostName> Parents(HostName host)
    {
        if (_standing.TryGetValue(host, out int standing)) yield return _asked[standing].Parent;
        if (_pending.TryGetValue(host, out int pending)) yield return _asked[pending].Parent;
    }

    private void Gone(HostName host)
    {
        _up.Remove(host);
        _opening.Remove(host);
        Unhook(host);
    }

    private void Over(int link, HostName child)
    {
        if (_pending.GetValueOrDefault(child) == link) _pending.Remove(child);
        if (_standing.GetValueOrDefault(child) == link) _standing.Remove(child);
    }

    private void Unhook(HostName host)
    {
        _standing.Remove(host);
        _pending.Remove(host);
    }

    private void Require(bool holds, string rule)
    {
        if (!holds) throw new InvalidOperationException($"broken after {(_now - DateTimeOffset.UnixEpoch).TotalSeconds:0.###} s: {rule}");
    }
}
