namespace TreePush.Testing;

/// <summary>How an rsync daemon is set up.</summary>
public sealed record RsyncDaemonOptions
{
    /// <summary>What the module's root is; a folder of the daemon's own where there is none.</summary>
    public string? Folder { get; init; }

    /// <summary>Who may read; null for everybody.</summary>
    public string? User { get; init; }

    public string Password { get; init; } = "correct horse";

    /// <summary>Further lines of the module in rsyncd.conf.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
