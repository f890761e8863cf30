namespace TreePush.Core.Dispatching;

/// <summary>A package on its way to one host, as the journal has it.</summary>
public sealed record Delivery(HostName Host, PackageState State)
{
    /// <summary>Since when it is in this state.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Attempts at its delivery so far, since a person last asked for another one.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts to reach the host for the install command so far.</summary>
    public int InstallAttempts { get; init; }

    /// <summary>No attempt is made before this time.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>What went wrong last; null if nothing did since.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Where the host has it, and how that was verified; null until it is delivered.</summary>
    public DeliveryOutcome? Delivered { get; init; }

    /// <summary>The delivery after a step.</summary>
    /// <returns>Null if the step can't follow the present state.</returns>
    public Delivery? After(HostStep step)
    {
        // A package can be asked to be installed again only where it is.
        if (step is RetryAsked { Install: true } && Delivered is null) return null;
        if (PackageTransitions.Next(State, step.Step) is not { } next) return null;
        var moved = this with { State = next, Since = step.Time, Failure = null };
        return step switch
        {
            DeliveryStarted e => moved with { Attempts = e.Attempt, Failure = Failure },
            PackageDelivered e => moved with { Delivered = new DeliveryOutcome(e.Folder, e.File, e.Proof, null), InstallAttempts = 0, NotBefore = default },
            DeliveryPostponed e => moved with { NotBefore = e.Until, Failure = e.Failure },
            InstallStarted => moved with { InstallAttempts = InstallAttempts + 1, Failure = Failure },
            InstallPostponed e => moved with { NotBefore = e.Until, Failure = e.Failure },
            InstallUnknown e => moved with { Failure = e.Failure },
            PackageFailed e => moved with { Failure = e.Failure },
            RetryAsked => moved with { Attempts = 0, InstallAttempts = 0, NotBefore = default },
            _ => moved,
        };
    }
}
