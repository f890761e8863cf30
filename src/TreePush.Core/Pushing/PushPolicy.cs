namespace TreePush.Core.Pushing;

/// <summary>What the user decided about a run.</summary>
public sealed record PushPolicy
{
    public const int DefaultSlots = 4;

    /// <summary>How many transfers a source may have under way at once (<c>-m</c>); null to find the number (<c>-m auto</c>).</summary>
    public int? Slots { get; init; } = DefaultSlots;

    /// <summary>How many times a target is tried again after a failure of its own (<c>-r</c>).</summary>
    public int Retries { get; init; }

    /// <summary>The pause before a target's first retry; each further one is twice as long, up to <see cref="LongestRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A source is set aside when it fails this many different targets in a row while other sources are left.</summary>
    public int FailuresInARow { get; init; } = 3;

    /// <summary>Have targets probed before they are tried: those that answer come first.</summary>
    public bool Probe { get; init; }

    /// <summary>How many transfers may be under way at once over all sources: each costs the controller an ssh process.</summary>
    public int MaxTransfers { get; init; } = 2000;

    /// <summary>How many connections to sources may be in the making at once.</summary>
    public int MaxOpening { get; init; } = 32;
}
