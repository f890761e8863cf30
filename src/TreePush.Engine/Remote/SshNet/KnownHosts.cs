using System.Text;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// The known_hosts files. If a host is known by any key, a key of another type is refused, although ssh would accept it as
/// new: an attacker in between can choose the type.
/// </summary>
/// <param name="newKeysFile">The file that new keys are added to; null if they are not kept.</param>
internal sealed class KnownHosts(IReadOnlyList<string> files, string? newKeysFile)
{
    /// <summary>The types of the keys by which a host is known.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read a file.</exception>
    public IReadOnlySet<string> TypesOf(string name) => Lines(name).Where(l => l.Marker.Length == 0).Select(l => l.Type).ToHashSet();

    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read a file.</exception>
    public HostKeyVerdict Check(string name, byte[] key)
    {
        var lines = Lines(name);
        if (lines.Any(l => l.Marker == KnownHostLine.Revoked && l.Key.AsSpan().SequenceEqual(key))) return HostKeyVerdict.Revoked;
        var plain = lines.Where(l => l.Marker.Length == 0).ToList();
        if (plain.Any(l => l.Key.AsSpan().SequenceEqual(key))) return HostKeyVerdict.Known;
        if (plain.Count > 0) return HostKeyVerdict.Changed;
        return lines.Any(l => l.Marker == KnownHostLine.CertAuthority) ? HostKeyVerdict.Certified : HostKeyVerdict.Unknown;
    }

    /// <summary>Adds a key if its host is unknown.</summary>
    /// <returns>The verdict before the key was added: another login or process may have added a key meanwhile.</returns>
    /// <exception cref="IOException">The key could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write the file.</exception>
    public HostKeyVerdict Accept(string name, byte[] key, bool hashed)
    {
        if (newKeysFile is null) return Check(name, key);
        var verdict = HostKeyVerdict.Unknown;
        KnownHostsFile.At(newKeysFile).Add(() =>
        {
            verdict = Check(name, key);
            return verdict == HostKeyVerdict.Unknown ? KnownHostLine.Write(name, TypeOf(key), key, hashed) : null;
        });
        return verdict;
    }

    /// <summary>The type at the beginning of a public key, in the format of RFC 4253, section 6.6.</summary>
    public static string TypeOf(byte[] key)
    {
        if (key.Length < 4) return "";
        uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(key);
        return length <= key.Length - 4 ? Encoding.ASCII.GetString(key, 4, (int)length) : "";
    }

    private List<KnownHostLine> Lines(string name) => [.. files.SelectMany(file => KnownHostsFile.At(file).LinesOf(name)).Where(l => l.Key.Length > 0)];
}
