using Renci.SshNet;
using Renci.SshNet.Common;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>The algorithms that are offered to a server.</summary>
internal static class Algorithms
{
    /// <summary>
    /// Removes the algorithms that OpenSSH no longer offers, and certificates, which this client does not check; then
    /// applies the configuration. If that does not name host key algorithms, the types of the host's known keys come
    /// first.
    /// </summary>
    /// <exception cref="SshException">The configuration leaves no algorithm of one kind.</exception>
    public static void Restrict(ConnectionInfo info, AlgorithmRules rules, IReadOnlySet<string> knownTypes)
    {
        Remove(info.KeyExchangeAlgorithms, name => name.Contains("sha1", StringComparison.Ordinal));
        Remove(info.HmacAlgorithms, name => name.Contains("sha1", StringComparison.Ordinal) || name.Contains("md5", StringComparison.Ordinal));
        Remove(info.Encryptions, name => name.Contains("cbc", StringComparison.Ordinal));
        Remove(info.HostKeyAlgorithms, name => name is "ssh-rsa" or "ssh-dss" || name.Contains("-cert-", StringComparison.Ordinal));
        Apply(rules.KeyExchanges, info.KeyExchangeAlgorithms);
        Apply(rules.Ciphers, info.Encryptions);
        Apply(rules.Macs, info.HmacAlgorithms);
        if (rules.HostKeys is not null) Apply(rules.HostKeys, info.HostKeyAlgorithms);
        else PutFirst(info.HostKeyAlgorithms, info.HostKeyAlgorithms.Keys.Where(name => knownTypes.Contains(name.StartsWith("rsa-", StringComparison.Ordinal) ? "ssh-rsa" : name)));
    }

    private static void Apply<T>(string? rule, IOrderedDictionary<string, T> algorithms)
    {
        // A + adds nothing: what it names is offered already, was removed above, or is unknown to the library.
        if (rule is null || rule.StartsWith('+')) return;
        string[] names = rule.TrimStart('-', '^').Split(',');
        if (rule.StartsWith('-')) Remove(algorithms, name => HostPattern.MatchesAny(names, name));
        else
        {
            if (!rule.StartsWith('^')) Remove(algorithms, name => !names.Contains(name));
            PutFirst(algorithms, names.Where(algorithms.ContainsKey));
        }

        if (algorithms.Count == 0) throw new SshException($"Of the algorithms that the configuration allows ({rule}) the builtin ssh client has none.");
    }

    private static void PutFirst<T>(IOrderedDictionary<string, T> algorithms, IEnumerable<string> names)
    {
        int next = 0;
        foreach (string name in names.ToList()) algorithms.SetPosition(name, next++);
    }

    private static void Remove<T>(IOrderedDictionary<string, T> algorithms, Func<string, bool> isUnwanted)
    {
        foreach (string name in algorithms.Keys.Where(isUnwanted).ToList()) algorithms.Remove(name, out _);
    }
}
