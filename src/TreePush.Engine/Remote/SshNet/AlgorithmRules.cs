namespace TreePush.Engine.Remote.SshNet;

/// <summary>What ssh_config says of algorithms; null for nothing. Each is a list, or behind +, - or ^ what is added to the usual ones, taken from them or put before them.</summary>
internal sealed record AlgorithmRules(string? KeyExchanges, string? Ciphers, string? Macs, string? HostKeys)
{
    public static AlgorithmRules None { get; } = new(null, null, null, null);
}
