using System.Text;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// The known_hosts files. They are read again at each check, because the user may correct them meanwhile. If a host is
/// known by any key, a key of another type is refused, although ssh would accept it as new: an attacker in between can
/// choose the type.
/// </summary>
/// <param name="files">A new key is added to the first.</param>
internal sealed class KnownHosts(IReadOnlyList<string> files)
{
    /// <summary>Held while a key is added, so that two logins to one host do not add it twice.</summary>
    private static readonly Lock Gate = new();

    /// <summary>The types of the keys by which a host is known.</summary>
    public IReadOnlySet<string> TypesOf(string name) => Lines(name).Where(l => l.Marker.Length == 0).Select(l => l.Type).ToHashSet();

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
    /// <returns>The verdict before the key was added: another process may have added a different key meanwhile.</returns>
    /// <exception cref="IOException">The key could not be written.</exception>
    public HostKeyVerdict Accept(string name, byte[] key, bool hashed)
    {
        lock (Gate)
        {
            var verdict = Check(name, key);
            if (verdict == HostKeyVerdict.Unknown && files.Count > 0) Append(KnownHostLine.Write(name, TypeOf(key), key, hashed));
            return verdict;
        }
    }

    /// <summary>The type at the beginning of a public key, in the format of RFC 4253, section 6.6.</summary>
    public static string TypeOf(byte[] key)
    {
        if (key.Length < 4) return "";
        uint length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(key);
        return length <= key.Length - 4 ? Encoding.ASCII.GetString(key, 4, (int)length) : "";
    }

    private List<KnownHostLine> Lines(string name)
    {
        var lines = new List<KnownHostLine>();
        foreach (string file in files)
            if (File.Exists(file))
                lines.AddRange(File.ReadLines(file).Select(KnownHostLine.Parse).OfType<KnownHostLine>().Where(l => l.Holds(name)));
        return lines;
    }

    private void Append(string line)
    {
        string path = files[0];
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder)) PrivateFile.CreateFolder(folder);
        var options = PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        using var file = new FileStream(path, options);
        bool isEnded = file.Length == 0;
        if (!isEnded)
        {
            file.Seek(-1, SeekOrigin.End);
            isEnded = file.ReadByte() == '\n';
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((isEnded ? "" : "\n") + line + '\n'));
    }
}
