using System.Collections.Concurrent;
using Renci.SshNet;
using Renci.SshNet.Common;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>The user's private keys. Each is read once, and its passphrase is asked for once.</summary>
internal sealed class Identities(SshSecrets secrets)
{
    private readonly ConcurrentDictionary<string, Lazy<(Identity? Key, string? Why)>> _keys = [];

    /// <summary>The keys of a host that can be used.</summary>
    /// <param name="faults">Receives the reason for each key that can't be used, if its file exists or the user named it.</param>
    public IReadOnlyList<Identity> Load(HostConfig host, List<string> faults)
    {
        var keys = new List<Identity>();
        if (!host.LoginMethods.Contains(LoginMethods.Key))
        {
            faults.Add("the configuration allows no login with a key");
            return keys;
        }

        foreach (string path in host.Identities)
        {
            var (key, why) = _keys.GetOrAdd(path, p => new Lazy<(Identity?, string?)>(() => Read(p))).Value;
            if (key is not null) keys.Add(key);
            else if (why is not null) faults.Add(why);
            else if (host.AreIdentitiesNamed) faults.Add($"there is no key {path}");
        }

        return keys;
    }

    private (Identity? Key, string? Why) Read(string path)
    {
        if (!File.Exists(path)) return (null, null);
        try
        {
            if (OthersCanRead(path)) return (null, $"the key {path} is not used, because others can read it: chmod 600 corrects it");
            return (new Identity(new PrivateKeyFile(path)), null);
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            return Unlock(path);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return (null, $"the key {path} can't be used: {e.Message}");
        }
    }

    /// <summary>ssh refuses such a key if it belongs to the user; the owner does not count here.</summary>
    private static bool OthersCanRead(string path)
    {
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~owner) != 0;
    }

    private (Identity? Key, string? Why) Unlock(string path)
    {
        if (secrets.AskPassphrase(path) is not { Length: > 0 } passphrase) return (null, $"the key {path} has a passphrase, and nobody gave it");
        try
        {
            return (new Identity(new PrivateKeyFile(path, passphrase)), null);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return (null, $"the key {path} can't be unlocked: is the passphrase right?");
        }
    }

    private static bool IsUnreadable(Exception e) =>
        e is SshException or IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException or NotSupportedException or ArgumentException
            or FormatException or InvalidOperationException;
}
