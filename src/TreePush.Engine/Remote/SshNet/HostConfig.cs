namespace TreePush.Engine.Remote.SshNet;

/// <summary>What ssh_config and the command line say of one host, as far as the builtin client goes by it.</summary>
internal sealed record HostConfig
{
    /// <summary>What to connect to.</summary>
    public required string Address { get; init; }

    public required int Port { get; init; }

    public required string User { get; init; }

    /// <summary>The name that known_hosts has for it.</summary>
    public required string KnownName { get; init; }

    /// <summary>Files with private keys, in the order in which they are tried.</summary>
    public required IReadOnlyList<string> Identities { get; init; }

    /// <summary>Somebody named the keys, so that it is told when one is missing.</summary>
    public bool AreIdentitiesNamed { get; init; }

    /// <summary>Files with host keys; a new one goes to the first.</summary>
    public required IReadOnlyList<string> KnownHosts { get; init; }

    /// <summary>A host that is not known yet is refused.</summary>
    public bool RefusesUnknown { get; init; }

    /// <summary>New lines of known_hosts do not show the host's name.</summary>
    public bool HashesNames { get; init; }

    public AlgorithmRules Algorithms { get; init; } = AlgorithmRules.None;

    /// <summary>How often a server that says nothing is asked for a sign of life, and how long it may take in all.</summary>
    public required TimeSpan AliveEvery { get; init; }

    public required TimeSpan AlivePatience { get; init; }

    /// <summary>What the configuration asks of the client that this one can't do; null for nothing.</summary>
    public string? Refusal { get; init; }
}
