using Renci.SshNet;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>What is offered to a server.</summary>
internal static class Algorithms
{
    /// <summary>Takes away what OpenSSH no longer offers, and certificates, which nobody here checks; host keys of the types by which the host is known come first.</summary>
    public static void Restrict(ConnectionInfo info, IReadOnlySet<string> knownTypes)
    {
        Remove(info.KeyExchangeAlgorithms, name => name.Contains("sha1", StringComparison.Ordinal));
        Remove(info.HmacAlgorithms, name => name.Contains("sha1", StringComparison.Ordinal) || name.Contains("md5", StringComparison.Ordinal));
        Remove(info.Encryptions, name => name.Contains("cbc", StringComparison.Ordinal));
        Remove(info.HostKeyAlgorithms, name => name is "ssh-rsa" or "ssh-dss" || name.Contains("-cert-", StringComparison.Ordinal));
        int next = 0;
        foreach (string name in info.HostKeyAlgorithms.Keys.ToList())
            if (knownTypes.Contains(name.StartsWith("rsa-", StringComparison.Ordinal) ? "ssh-rsa" : name)) info.HostKeyAlgorithms.SetPosition(name, next++);
    }

    private static void Remove<T>(IOrderedDictionary<string, T> algorithms, Func<string, bool> isUnwanted)
    {
        foreach (string name in algorithms.Keys.Where(isUnwanted).ToList()) algorithms.Remove(name, out _);
    }
}
