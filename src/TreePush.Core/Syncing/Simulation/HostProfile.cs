namespace TreePush.Core.Syncing.Simulation;

/// <summary>The properties of a simulated host, and the faults that it will have. Times count from the start of the run.</summary>
public sealed record HostProfile
{
    /// <summary>An ordinary host: it lacks everything and has no faults.</summary>
    public static readonly HostProfile Fair = new();

    /// <summary>The rate at which the host can receive, as a factor of <see cref="SimulatedFleet.Rate"/>. <see cref="Up"/> is the same for sending.</summary>
    public double Down { get; init; } = 1;

    public double Up { get; init; } = 1;

    /// <summary>The part of the content that the host has from the start.</summary>
    public double Has { get; init; }

    /// <summary>Whether the host's relay can't be started.</summary>
    public bool DoesNotOpen { get; init; }

    /// <summary>How long the relay takes to start; null for about <see cref="SimulatedFleet.Opening"/>.</summary>
    public TimeSpan? Opening { get; init; }

    /// <summary>When the relay is killed. All others notice it at once.</summary>
    public TimeSpan? Dies { get; init; }

    /// <summary>When the host's network is cut. The others receive nothing from it any more.</summary>
    public TimeSpan? FallsSilent { get; init; }

    /// <summary>When the host fails through its own fault. Its relay still runs.</summary>
    public TimeSpan? Fails { get; init; }

    /// <summary>When the host's disk hangs. The host then neither takes nor passes on content, and its relay reports the stall.</summary>
    public TimeSpan? Stalls { get; init; }

    /// <summary>How long the disk hangs.</summary>
    public TimeSpan StallLasts { get; init; } = TimeSpan.MaxValue;

    /// <summary>The average time after which a link over which the host receives breaks.</summary>
    public TimeSpan? FlapsEvery { get; init; }

    /// <summary>Whether all that the host passes on is corrupt.</summary>
    public bool Spoils { get; init; }

    /// <summary>Whether all that the host receives is corrupted on the way.</summary>
    public bool ReceivesSpoiled { get; init; }

    internal Failure OwnFailure { get; } = new(FailureKind.TargetDiskFull, "no space left on device");
}
