namespace TreePush.Core.Pushing;

/// <summary>The user's settings for a push.</summary>
public sealed record PushPolicy
{
    public const int DefaultSlots = 4;

    /// <summary>The most transfers that a source runs at once (<c>-m</c>); null to find the number (<c>-m auto</c>).</summary>
    public int? Slots { get; init; } = DefaultSlots;

    /// <summary>How many times a target is tried again after its own failures (<c>-r</c>).</summary>
    public int Retries { get; init; }

    /// <summary>The delay before a target's first retry. It doubles with each further retry, up to <see cref="LongestRetryDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A source is set aside when it fails this many different targets in a row while other sources are left.</summary>
    public int FailuresInARow { get; init; } = 3;

    /// <summary>Whether targets are probed before they are tried. Those that answer are tried first.</summary>
    public bool Probe { get; init; }

    /// <summary>The most transfers at once over all sources. Each costs the controller an ssh process.</summary>
    public int MaxTransfers { get; init; } = 2000;

    /// <summary>The most connections to sources that are opened at once.</summary>
    public int MaxOpening { get; init; } = 32;
}
