using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// Proves that a name of SRC is gone. The result of a single call is no proof: under a restarting file server, or a file system
/// that was unmounted meanwhile, every name seems to be gone, and targets delete what is gone. Therefore each directory from the
/// root down must be the one that was listed, and the directory in which the name is missing must be readable and must not list
/// the name.
/// </summary>
/// <param name="root">The descriptor of SRC.</param>
internal sealed class Absence(int root)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RelativePath, FileIdentity> _directories = [];
    private (RelativePath Directory, DirectoryListing Names)? _last;

    /// <summary>Records the identity of a directory that is being listed.</summary>
    public void Note(RelativePath directory, FileIdentity identity)
    {
        lock (_gate) _directories[directory] = identity;
    }

    public bool IsProven(RelativePath path)
    {
        lock (_gate)
        {
            int directory = At.Open(root, "."u8, Open.ListedDirectory);
            bool isGone = IsGone(ref directory, path);
            Opened.Close(directory);
            return isGone;
        }
    }

    /// <param name="directory">The open root; afterwards the last directory that was reached. The caller closes it.</param>
    private bool IsGone(ref int directory, RelativePath path)
    {
        for (int start = 0; start < path.Bytes.Length;)
        {
            var above = RelativePath.Of(path.Bytes[..Math.Max(0, start - 1)]);
            if (!IsAsListed(directory, above)) return false;
            int length = path.Bytes[start..].IndexOf((byte)'/');
            var name = length < 0 ? path.Bytes[start..] : path.Bytes.Slice(start, length);
            int result = At.Status(directory, name, out _);
            if (result == -Errno.NoEntry) return Lacks(directory, above, name);
            if (result < 0) return false;
            int inside = At.Open(directory, name, Open.ListedDirectory);
            Opened.Close(directory);
            directory = inside;
            start += name.Length + 1;
        }

        return false;
    }

    private bool IsAsListed(int directory, RelativePath path) =>
        directory >= 0 && At.Status(directory, out var status) == 0
        && _directories.TryGetValue(path, out var listed) && listed == status.Identity;

    /// <summary>
    /// Whether the directory does not list the name. If many names of a directory are gone, the directory is listed again only
    /// for a name that the last listing had.
    /// </summary>
    private bool Lacks(int directory, RelativePath path, ReadOnlySpan<byte> name)
    {
        if (_last is { } last && last.Directory == path && !last.Names.Has(name)) return true;
        var names = DirectoryListing.Read(directory, out int error);
        if (error != 0) return false;
        _last = (path, names);
        return !names.Has(name);
    }
}
