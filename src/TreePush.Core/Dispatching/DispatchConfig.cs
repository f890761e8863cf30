using TreePush.Core.Alerts;
using TreePush.Core.Dispatching.Arrivals;

namespace TreePush.Core.Dispatching;

/// <summary>A configuration file as it is written: what needs other files (host lists, netrc) is not read yet.</summary>
public sealed record DispatchConfig
{
    public IReadOnlyList<RuleText> Rules { get; init; } = [];

    /// <summary>How long a file's size and time must stand still before it has arrived.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Names in a watched folder that are no packages.</summary>
    public ArrivalFilter Ignore { get; init; } = ArrivalFilter.Default;

    /// <summary>Packages that are delivered at the same time.</summary>
    public int Parallel { get; init; } = 8;

    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>A file with the certificates of the authorities that FTPS servers' certificates are checked against; null for the system's.</summary>
    public string? CertificateAuthorities { get; init; }

    public AlertConfig? Alerts { get; init; }

    /// <summary>Whether the file holds something that others must not read.</summary>
    public bool HasSecrets => Rules.Any(r => r.Password is not null) || Alerts is { HasSecrets: true };
}
