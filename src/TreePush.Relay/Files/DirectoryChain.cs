using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>
/// The open directories from a root down to the current one. Each is opened inside the one above it and never through a symbolic
/// link. Moving to a neighbour opens only what differs, which is little, because manifests are in depth-first order. For one
/// thread at a time.
/// </summary>
/// <param name="root">The descriptor of the root. The caller keeps and closes it.</param>
internal sealed class DirectoryChain(int root) : IDisposable
{
    private readonly byte[] _path = new byte[RelativePath.LongestPath];
    private readonly List<Level> _levels = [];
    private int _length;

    /// <summary>Removes what is in the way of a directory, so that it can be opened at a second attempt.</summary>
    /// <param name="parent">The directory that should contain it.</param>
    /// <param name="path">The path of the directory that could not be opened, relative to the root.</param>
    /// <param name="error">The error number of the attempt.</param>
    /// <returns>Zero, or the negated error number if the obstacle remains.</returns>
    public delegate int Clearing(int parent, ReadOnlySpan<byte> path, int error);

    /// <returns>The directory's descriptor, valid until the next call, or the negated error number.</returns>
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

    /// <summary>Closes all levels, because open directories may have been moved or replaced.</summary>
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

    /// <param name="End">Where the path of the directory ends in <see cref="_path"/>.</param>
    private readonly record struct Level(int End, int Descriptor);
}
