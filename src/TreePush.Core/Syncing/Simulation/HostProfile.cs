namespace TreePush.Core.Syncing.Simulation;

/// <summary>What a simulated host is like, and what will befall it. Times count from the start of the run.</summary>
public sealed record HostProfile
{
    /// <summary>An ordinary host: it lacks everything, and nothing befalls it.</summary>
    public static readonly HostProfile Fair = new();

    /// <summary>What it can receive and send, as a part of <see cref="SimulatedFleet.Rate"/>.</summary>
    public double Down { get; init; } = 1;

    public double Up { get; init; } = 1;

    /// <summary>The part of the content that it has from the beginning.</summary>
    public double Has { get; init; }

    /// <summary>Its relay can't be started.</summary>
    public bool DoesNotOpen { get; init; }

    /// <summary>How long its relay takes to start; null for about <see cref="SimulatedFleet.Opening"/>.</summary>
    public TimeSpan? Opening { get; init; }

    /// <summary>Its relay is killed: everybody sees it at once.</summary>
    public TimeSpan? Dies { get; init; }

    /// <summary>Its network is cut: nobody hears of it any more.</summary>
    public TimeSpan? FallsSilent { get; init; }

    /// <summary>It can't go on by its own fault, but its relay runs on.</summary>
    public TimeSpan? Fails { get; init; }

    /// <summary>Its disk hangs: it neither takes content nor passes any on, and its relay says so.</summary>
    public TimeSpan? Stalls { get; init; }

    /// <summary>How long its disk hangs.</summary>
    public TimeSpan StallLasts { get; init; } = TimeSpan.MaxValue;

    /// <summary>The links over which it receives break about so often.</summary>
    public TimeSpan? FlapsEvery { get; init; }

    /// <summary>Whatever it passes on is spoiled.</summary>
    public bool Spoils { get; init; }

    /// <summary>Whatever it receives is spoiled on the way.</summary>
    public bool ReceivesSpoiled { get; init; }

    internal Failure OwnFailure { get; } = new(FailureKind.TargetDiskFull, "no space left on device");
}
