namespace TreePush.Core.Syncing.Simulation;

/// <summary>An imagined relay. Content comes in order, so that a number says which pieces it has.</summary>
internal sealed class SimulatedRelay(Host host, HostProfile profile, SimulatedFleet fleet)
{
    public Host Host { get; } = host;

    public HostProfile Profile { get; } = profile;

    public double Down { get; } = fleet.Rate * profile.Down;

    public double Up { get; } = Math.Min(fleet.Rate * profile.Up, fleet.BandwidthLimit);

    public bool IsUp { get; set; }

    /// <summary>It runs, but nothing comes from it or gets to it.</summary>
    public bool IsSilent { get; set; }

    /// <summary>It takes no more content.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Since when its disk hangs; null where it does not.</summary>
    public DateTimeOffset? StalledSince { get; set; }

    public bool HasLedger { get; set; }

    public bool HasScanned { get; set; }

    public bool IsDelivered { get; set; }

    /// <summary>Pieces that came in, and pieces that are checked and can be passed on.</summary>
    public int Taken { get; set; }

    public int Have { get; set; }

    /// <summary>Pieces that it had when it began.</summary>
    public int Had { get; set; }

    public long Received { get; set; }

    public double Burst { get; set; }

    /// <summary>A report that comes with the next one.</summary>
    public SyncInput? HeldReport { get; set; }

    public SimulatedLink? In { get; set; }

    public List<SimulatedLink> Out { get; } = [];

    public bool IsAlive => IsUp && !IsSilent;

    /// <summary>Whether it is dead or cut off by a time after the start.</summary>
    public bool IsDead(TimeSpan time) => Profile.Dies <= time || Profile.FallsSilent <= time;

    /// <summary>What one more piece to a child gets of this relay's link, in bytes a second: slow children leave more to the others.</summary>
    public double Share(SimulatedLink link)
    {
        double left = Up;
        int takers = 1;
        foreach (var other in Out)
            if (other != link && other.IsSending) takers++;
        double fair = left / takers;
        if (takers > 1)
        {
            double unused = 0;
            int eager = 1;
            foreach (var other in Out)
            {
                if (other == link || !other.IsSending) continue;
                if (other.Child.Down < fair) unused += fair - other.Child.Down;
                else eager++;
            }

            fair += unused / eager;
        }

        return Math.Min(fair, link.Child.Down);
    }
}
