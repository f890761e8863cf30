namespace TreePush.Core.Wire;

/// <summary>How a relay is to work.</summary>
public sealed record RelayOptions
{
    public bool Delete { get; init; }

    /// <summary>A host that would lose more than this loses nothing, and fails; null for no limit.</summary>
    public int? MaxDelete { get; init; }

    public bool Compress { get; init; }

    public bool Checksum { get; init; }

    public bool Force { get; init; }

    public bool Owner { get; init; }

    public bool DryRun { get; init; }

    /// <summary>What lies below a mount point is left alone, in SRC and in DEST.</summary>
    public bool OneFileSystem { get; init; }

    /// <summary>Links without TLS.</summary>
    public bool Plain { get; init; }

    /// <summary>Files get their names, and the receipt is given, without waiting for the disk.</summary>
    public bool NoFsync { get; init; }

    /// <summary>What the relay may send over all its links, in bytes per second; 0 for no limit.</summary>
    public long BandwidthLimit { get; init; }

    /// <summary>The ports it may listen at; 0 and 0 for any.</summary>
    public int FirstPort { get; init; }

    public int LastPort { get; init; }

    /// <summary>How many hosts take part: pieces are the smaller the longer the way.</summary>
    public int Hosts { get; init; } = 1;

    /// <summary>How often progress is told, in milliseconds.</summary>
    public int ProgressEvery { get; init; } = 500;

    /// <summary>What is left out of the source's tree, and left alone in a target's, in the order of the rules.</summary>
    public IReadOnlyList<(bool Include, string Pattern)> Rules { get; init; } = [];
}
