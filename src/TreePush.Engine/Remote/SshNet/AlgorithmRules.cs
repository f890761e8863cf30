namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// The algorithms in ssh_config; null for keywords that are not set. Each is a list that replaces the default one. With a
/// leading +, - or ^ the listed algorithms are added to the default list, removed from it, or put first.
/// </summary>
internal sealed record AlgorithmRules(string? KeyExchanges, string? Ciphers, string? Macs, string? HostKeys)
{
    public static AlgorithmRules None { get; } = new(null, null, null, null);
}
