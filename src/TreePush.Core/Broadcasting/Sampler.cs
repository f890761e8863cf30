namespace TreePush.Core.Broadcasting;

/// <summary>
/// Has a few hosts show how fast they can receive, where too few have by themselves: below a first host that is slow, small
/// pieces come one by one, and nothing tells that they could come faster. For those hosts, some pieces are sent together.
/// </summary>
internal sealed class Sampler(BroadcastState state, RateBook rates)
{
    /// <summary>Before, hosts may still show it by themselves.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(0.9);

    /// <summary>How long a host may take to show it, before another is asked.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Pieces that wait for others make a chain longer, if by little: it must be worth that.</summary>
    private const double WorthKnowing = 3;

    private const int MostAsked = 3 * PaceJudge.HostsMeasured;

    private readonly List<(Link Link, DateTimeOffset At)> _asked = [];

    public void Look(Node parent, DateTimeOffset now)
    {
        if (rates.Hosts >= PaceJudge.HostsMeasured || _asked.Count == MostAsked || parent.HasAll || parent.Pace.Inflow <= 0) return;
        foreach (var link in parent.Out)
        {
            if (!IsFit(link, now) || rates.Hosts + _asked.Count(a => IsAwaited(a, now)) >= PaceJudge.HostsMeasured) continue;
            _asked.Add((link, now));
            state.Do(new BroadcastCommand.Gather(link.Number, parent.Name));
        }
    }

    private bool IsFit(Link link, DateTimeOffset now) =>
        link is { Stands: true, Pace.Rate: > 0, Child: { Role: RelayRole.Target, HasAll: false, IsSlow: false, IsMoving: false, Pace.Burst: <= 0 } }
        && now - link.Since > Settled && link.Pace.Remaining > WorthKnowing * link.Pace.Rate && !_asked.Exists(a => a.Link == link);

    private static bool IsAwaited((Link Link, DateTimeOffset At) asked, DateTimeOffset now) =>
        asked.Link is { Stands: true, IsOver: false, Child.Pace.Burst: <= 0 } && now - asked.At < Patience;
}
