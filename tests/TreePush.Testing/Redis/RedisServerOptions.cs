namespace TreePush.Testing;

/// <summary>How a <see cref="RedisServer"/> is made.</summary>
public sealed record RedisServerOptions
{
    /// <summary>What the default user must give; null if nobody need.</summary>
    public string? Password { get; init; }

    /// <summary>Further users, as the configuration's <c>user</c> lines have them: <c>alice on >secret ~treepush:* +@all</c>.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Whether it takes TLS, and nothing else, with a certificate of an authority of its own.</summary>
    public bool HasTls { get; init; }

    /// <summary>The limit of its memory, as the configuration has it (<c>100mb</c>). Beyond it, writes are refused.</summary>
    public string? MaxMemory { get; init; }

    /// <summary>Whether it writes its data to a file, so that it has them after <see cref="RedisServer.StopAsync"/> and a start.</summary>
    public bool KeepsData { get; init; }

    /// <summary>The server that it copies.</summary>
    public RedisServer? ReplicaOf { get; init; }

    /// <summary>Whether it is made for a cluster, which <see cref="RedisCluster"/> then forms.</summary>
    public bool IsClusterNode { get; init; }

    /// <summary>Further lines of its configuration; they win over the server's own.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
