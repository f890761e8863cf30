namespace TreePush.Core.Wire;

/// <summary>The options of a relay.</summary>
public sealed record RelayOptions
{
    public bool Delete { get; init; }

    /// <summary>A host that would delete more entries than this deletes nothing and fails; null for no limit.</summary>
    public int? MaxDelete { get; init; }

    public bool Compress { get; init; }

    public bool Checksum { get; init; }

    public bool Force { get; init; }

    public bool Owner { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Whether everything below a mount point is left alone, in SRC and in DEST.</summary>
    public bool OneFileSystem { get; init; }

    /// <summary>Whether links use no TLS.</summary>
    public bool Plain { get; init; }

    /// <summary>Whether files get their names, and the receipt is sent, without waiting for the disk.</summary>
    public bool NoFsync { get; init; }

    /// <summary>The most that the relay may send over all its links, in bytes per second; 0 for no limit.</summary>
    public long BandwidthLimit { get; init; }

    /// <summary>The first port that the relay may listen on. First and last port are 0 for any port.</summary>
    public int FirstPort { get; init; }

    public int LastPort { get; init; }

    /// <summary>The number of hosts of the run. Pieces are smaller if the chain is longer.</summary>
    public int Hosts { get; init; } = 1;

    /// <summary>The interval of progress reports, in milliseconds.</summary>
    public int ProgressEvery { get; init; } = 500;

    /// <summary>The filter rules, in order. What they exclude is left out of the source's tree and left alone on targets.</summary>
    public IReadOnlyList<(bool Include, string Pattern)> Rules { get; init; } = [];
}
