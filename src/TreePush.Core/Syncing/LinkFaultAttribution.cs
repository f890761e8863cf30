using TreePush.Core.Syncing.Stragglers;

namespace TreePush.Core.Syncing;

/// <summary>Fault attribution for links: decides who is at fault when a link fails, and where the child goes. It also handles links that come up.</summary>
internal sealed class LinkFaultAttribution(SyncState state, Reachability reach, HostRemoval removal, Demotion demotion)
{
    /// <summary>A child whose links from this many parents failed becomes the last of a chain.</summary>
    private const int ParentsToDoubt = 3;

    /// <summary>A child whose links from this many parents failed is given up.</summary>
    private const int ParentsToGiveUp = 5;

    private const int AccusersToConvict = 2;

    /// <summary>A parent that sent a message within this time is alive.</summary>
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(3);

    /// <summary>A link that was up for this long, or carried this much, counts as good, however it ended.</summary>
    private static readonly TimeSpan Proof = TimeSpan.FromSeconds(1.5);
    private const long ProofBytes = 1 << 20;

    public void Stands(Link link, DateTimeOffset now)
    {
        if (link.IsOver || link.Stands) return;
        var child = link.Child;
        state.HasLinked = true;
        if (child.Standing is { } old) state.Detach(old);
        (child.Pending, child.Standing, link.Since) = (null, link, now);
        StragglerDetector.Linked(link, now);
        if (child is { IsMoving: true, Out.Count: 0 }) demotion.Arrived(child);
        reach.Stands(link);
        state.Emit(new HostLinked(now, link.Number, link.Parent.Name, child.Name, link.Route));
        state.Refresh(child);
        if (!link.Parent.CanServe) state.Seek(child);
    }

    public void Lost(Link link, LinkFault fault, string message, DateTimeOffset now)
    {
        if (link.IsOver) return;
        var (child, parent) = (link.Child, link.Parent);
        child.Links.LastFault = (fault, message);
        state.Emit(new LinkFailed(now, link.Number, parent.Name, child.Name, link.Route, fault, message));
        if (DidWell(link, fault, now)) child.Links.Failures.Clear();
        state.Detach(link);
        state.Refresh(child);
        if (fault == LinkFault.Unreachable && !link.Stands) reach.Failed(link);
        if (fault != LinkFault.Unreachable || link.Route == Route.ThroughController) Blame(child, parent, fault, now);
        state.Seek(child);
    }

    private static bool DidWell(Link link, LinkFault fault, DateTimeOffset now) =>
        fault != LinkFault.Corrupt && (link.Pace.Sent >= ProofBytes || (fault != LinkFault.Silent && now - link.Since > Proof));

    private void Blame(Node child, Node parent, LinkFault fault, DateTimeOffset now)
    {
        // A parent that is alive gets a second try; one that is not is passed over at once.
        bool isWorthMore = fault is LinkFault.Refused or LinkFault.Closed or LinkFault.Silent && now - parent.LastHeard < SignOfLife;
        child.Links.Failures[parent] = child.Links.Failures.GetValueOrDefault(parent) + (isWorthMore ? 1 : 2);
        if (fault == LinkFault.Corrupt) Accuse(child, parent, now);
        int parents = child.Links.Failures.Count;
        if (parents >= ParentsToGiveUp) removal.GiveUp(child, now);
        else if (parents >= ParentsToDoubt && !child.IsRoot) demotion.Demote(child);
    }

    /// <summary>
    /// Records that a child received corrupt data from a parent. A parent is convicted by two of its children, or by one child
    /// twice. A child that receives corrupt data from several parents is itself at fault, or its network is, and its accusations
    /// no longer count.
    /// </summary>
    private void Accuse(Node child, Node parent, DateTimeOffset now)
    {
        bool isAgain = !parent.Links.Accusers.Add(child);
        child.Links.Accused.Add(parent);
        if (child.Links.Accused.Count > 1 || parent.IsExcluded) return;
        int accusers = parent.Links.Accusers.Count(c => c.Links.Accused.Count == 1);
        if (!isAgain && accusers < AccusersToConvict) return;
        if (parent.IsWriter && state.Complete.Count <= 1) return; // No other host has everything.
        state.Emit(new HostExcluded(now, parent.Name, "it sent corrupt data"));
        removal.StopServing(parent);
    }
}
