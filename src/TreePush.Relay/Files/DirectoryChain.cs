using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// The open directories from a root down to the one in use, each opened inside the one above it and never through a
/// symbolic link. Going to a neighbour opens only what differs; manifests are in depth-first order, so that is little.
/// One thread at a time.
/// </summary>
/// <param name="root">The root's descriptor, which stays the caller's.</param>
internal sealed class DirectoryChain(int root) : IDisposable
{
    private readonly byte[] _path = new byte[RelativePath.LongestPath];
    private readonly List<Level> _levels = [];
    private int _length;

    /// <summary>Removes what is in the way of a directory, so that opening it can be tried again.</summary>
    /// <param name="parent">The directory in which it should be.</param>
    /// <param name="path">The directory that could not be opened, from the root; its name is at the end.</param>
    /// <param name="error">Why, as an error number.</param>
    /// <returns>Zero, or the negated error number that stays.</returns>
    public delegate int Clearing(int parent, ReadOnlySpan<byte> path, int error);

    /// <returns>The directory's descriptor, good until the next call, or the negated error number.</returns>
    public int Open(ReadOnlySpan<byte> directory, Clearing? clear = null)
    {
        if (directory.SequenceEqual(_path.AsSpan(0, _length))) return Current;
        LeaveTo(directory);
        while (_length < directory.Length)
        {
            int start = _length == 0 ? 0 : _length + 1;
            int slash = directory[start..].IndexOf((byte)'/');
            int end = slash < 0 ? directory.Length : start + slash;
            int opened = OpenLevel(directory[..end], start, clear);
            if (opened < 0) return opened;
            _levels.Add(new Level(end, opened));
            directory[_length..end].CopyTo(_path.AsSpan(_length));
            _length = end;
        }

        return Current;
    }

    /// <summary>Closes everything: what was open may no longer be where it was.</summary>
    public void Forget() => LeaveTo(default);

    public void Dispose() => Forget();

    private int Current => _levels.Count == 0 ? root : _levels[^1].Descriptor;

    private int OpenLevel(ReadOnlySpan<byte> path, int start, Clearing? clear)
    {
        int opened = At.Open(Current, path[start..], Native.Open.DirectoryInside);
        if (opened >= 0 || clear is null) return opened;
        int cleared = clear(Current, path, -opened);
        return cleared < 0 ? cleared : At.Open(Current, path[start..], Native.Open.DirectoryInside);
    }

    /// <summary>Closes the levels that are not above <paramref name="directory"/>.</summary>
    private void LeaveTo(ReadOnlySpan<byte> directory)
    {
        int same = directory.CommonPrefixLength(_path.AsSpan(0, _length));
        while (_levels.Count > 0)
        {
            int end = _levels[^1].End;
            if (end <= same && (end == directory.Length || directory[end] == '/')) break;
            Opened.Close(_levels[^1].Descriptor);
            _levels.RemoveAt(_levels.Count - 1);
        }

        _length = _levels.Count == 0 ? 0 : _levels[^1].End;
    }

    /// <param name="End">Where the directory's path ends in <see cref="_path"/>.</param>
    private readonly record struct Level(int End, int Descriptor);
}
