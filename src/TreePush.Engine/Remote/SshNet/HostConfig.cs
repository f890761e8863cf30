namespace TreePush.Engine.Remote.SshNet;

/// <summary>The settings for one host, from ssh_config and the command line, that the builtin client supports.</summary>
internal sealed record HostConfig
{
    /// <summary>The name or IP address to connect to.</summary>
    public required string Address { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    /// <summary>The host's name in known_hosts.</summary>
    public required string KnownName { get; init; }

    /// <summary>Files with private keys, in the order in which they are tried.</summary>
    public required IReadOnlyList<string> Identities { get; init; }

    /// <summary>The user named the keys, so that a missing one is reported.</summary>
    public bool AreIdentitiesNamed { get; init; }

    /// <summary>The login methods that may be used, by their names in ssh, in the order in which they are tried.</summary>
    public required IReadOnlyList<string> LoginMethods { get; init; }

    /// <summary>Files with host keys.</summary>
    public required IReadOnlyList<string> KnownHosts { get; init; }

    /// <summary>The file that new host keys are added to: the user's first, never the machine's. Null if the user has none.</summary>
    public string? NewKeysFile { get; init; }

    /// <summary>A host whose key is not known is refused.</summary>
    public bool RefusesUnknown { get; init; }

    /// <summary>Names are hashed in new lines of known_hosts.</summary>
    public bool HashesNames { get; init; }

    public AlgorithmRules Algorithms { get; init; } = AlgorithmRules.None;

    /// <summary>
    /// How often the server is asked for a sign of life. <see cref="AlivePatience"/> is how long its answer may take.
    /// </summary>
    public required TimeSpan AliveEvery { get; init; }

    public required TimeSpan AlivePatience { get; init; }

    /// <summary>A setting that this client does not support; null if it supports all that matter.</summary>
    public string? Refusal { get; init; }
}
