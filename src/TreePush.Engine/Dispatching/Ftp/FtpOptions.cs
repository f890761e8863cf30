namespace TreePush.Engine.Dispatching.Ftp;

/// <summary>How FTP servers are reached.</summary>
public sealed record FtpOptions
{
    /// <summary>The curl program.</summary>
    public string Program { get; init; } = "curl";

    /// <summary>A file of certificates in PEM that are accepted in place of those that the system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>The port of hosts for which none is given, or that of their ssh server.</summary>
    public int DefaultPort { get; init; } = 21;

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a transfer may stand still.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a transfer is begun whose connection breaks. Each goes on where the last one stopped.</summary>
    public int Attempts { get; init; } = 3;
}
