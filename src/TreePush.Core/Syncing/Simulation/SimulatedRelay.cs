namespace TreePush.Core.Syncing.Simulation;

/// <summary>A simulated relay. Content arrives in order, so a number says which pieces the relay has.</summary>
internal sealed class SimulatedRelay(Host host, HostProfile profile, SimulatedFleet fleet)
{
    public Host Host { get; } = host;

    public HostProfile Profile { get; } = profile;

    public double Down { get; } = fleet.Rate * profile.Down;

    public double Up { get; } = Math.Min(fleet.Rate * profile.Up, fleet.BandwidthLimit);

    public bool IsUp { get; set; }

    /// <summary>Whether the relay runs but can neither send nor receive.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether the relay takes no more content.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Since when the disk hangs; null if it does not.</summary>
    public DateTimeOffset? StalledSince { get; set; }

    public bool HasLedger { get; set; }

    public bool HasScanned { get; set; }

    public bool IsDelivered { get; set; }

    /// <summary>The number of pieces that arrived. <see cref="Have"/> is the number of pieces that are checked and can be passed on.</summary>
    public int Taken { get; set; }

    public int Have { get; set; }

    /// <summary>The number of pieces that the relay had at its start.</summary>
    public int Had { get; set; }

    public long Received { get; set; }

    public double Burst { get; set; }

    /// <summary>A report that is sent together with the next one.</summary>
    public SyncInput? HeldReport { get; set; }

    public SimulatedLink? In { get; set; }

    public List<SimulatedLink> Out { get; } = [];

    public bool IsAlive => IsUp && !IsSilent;

    /// <summary>Whether the relay is dead or cut off by this time after the start.</summary>
    public bool IsDead(TimeSpan time) => Profile.Dies <= time || Profile.FallsSilent <= time;

    /// <summary>
    /// Returns the rate that the next piece to a child gets, in bytes per second. What slow children leave of their share goes to
    /// the others.
    /// </summary>
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
