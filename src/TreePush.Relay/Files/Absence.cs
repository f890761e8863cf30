using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// Proves that a name of SRC is gone. That a call says so is no proof: below a file server that restarts, or a file system
/// that was unmounted meanwhile, every name seems gone, and targets delete what is gone. So each directory from the root
/// down must be the one that was listed, and the one where the way ends must be readable and not list the name.
/// </summary>
/// <param name="root">SRC's descriptor.</param>
internal sealed class Absence(int root)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RelativePath, FileIdentity> _directories = [];
    private (RelativePath Directory, DirectoryListing Names)? _last;

    /// <summary>A directory is being listed.</summary>
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

    /// <param name="directory">The root, open; the caller closes what it is afterwards.</param>
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

    /// <summary>Where many names of one directory are gone, its names are read again only for one that was still there.</summary>
    private bool Lacks(int directory, RelativePath path, ReadOnlySpan<byte> name)
    {
        if (_last is { } last && last.Directory == path && !last.Names.Has(name)) return true;
        var names = DirectoryListing.Read(directory, out int error);
        if (error != 0) return false;
        _last = (path, names);
        return !names.Has(name);
    }
}
