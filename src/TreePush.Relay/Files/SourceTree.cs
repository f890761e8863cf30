using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>SRC: a file, or a directory with its contents. Any number of threads may open files.</summary>
internal sealed class SourceTree : IDisposable
{
    private static readonly int AnyDirectory = Open.PathOnly | Open.Directory | Open.CloseOnExec;

    private readonly Lock _gate = new();
    private readonly TreeRoot _root;
    private readonly Absence _absence;

    private SourceTree(TreeRoot root, byte[] name) => (_root, Name, _absence) = (root, name, new Absence(root.Descriptor));

    /// <summary>
    /// The last component of SRC: the name that a single file gets in a directory. Empty if SRC has no name of its own (<c>/</c>,
    /// <c>.</c>).
    /// </summary>
    public ReadOnlyMemory<byte> Name { get; }

    public bool IsFile => _root.IsFile;

    /// <param name="path">The path as the user wrote it. A symbolic link at SRC itself is followed; links below it are not.</param>
    /// <exception cref="FileFaultException">There is nothing at SRC that can be copied.</exception>
    public static SourceTree OpenAt(ReadOnlySpan<byte> path)
    {
        byte[] source = UserPath.Expand(path);
        var (parent, name) = UserPath.Split(source);
        int directory = At.Open(At.CurrentDirectory, source, AnyDirectory);
        if (directory >= 0) return new SourceTree(new TreeRoot(directory), name);
        string attempt = $"open SRC {UserPath.Show(source)}";
        if (directory != -Errno.NotDirectory) throw new FileFaultException(FileFault.Of(RelativePath.Root, attempt, -directory));
        int holder = FileFaultException.ThrowIfError(At.Open(At.CurrentDirectory, parent, AnyDirectory), RelativePath.Root, attempt);
        var root = new TreeRoot(holder, name, follow: true);
        int result = root.OpenFile(RelativePath.Root, out _);
        if (result >= 0)
        {
            Opened.Close(result);
            return new SourceTree(root, name);
        }

        root.Dispose();
        throw new FileFaultException(result == -Errno.Loop
            ? new FileFault(FileFaultKind.Special, RelativePath.Root, 0, $"SRC {UserPath.Show(source)} is neither a file nor a directory")
            : FileFault.Of(RelativePath.Root, attempt, -result));
    }

    /// <summary>Lists the tree as it is now, in the order of <see cref="RelativePath"/>; see <see cref="SourceScan"/>.</summary>
    /// <param name="found">Called with each entry as it is found.</param>
    /// <param name="fault">Called with each entry that is skipped, and the reason.</param>
    public void Scan(PathFilter filter, ScanOptions options, Action<ManifestEntry> found, Action<FileFault> fault, CancellationToken cancellation) =>
        new SourceScan(_root, _absence, filter, found, fault, cancellation) { Owners = options.WithOwners ? new OwnerNames() : null, OneFileSystem = options.OneFileSystem }.Run();

    /// <exception cref="FileFaultException">
    /// The file can't be opened. The kind is <see cref="FileFaultKind.Changed"/> if the path is no longer a file or leads through
    /// a link.
    /// </exception>
    public FileReader OpenFile(RelativePath path) => FileReader.Open(_root, _gate, path);

    /// <summary>Whether the entry is proven to be gone. Called after an operation on it failed.</summary>
    public bool IsGone(RelativePath path) => _absence.IsProven(path);

    public TreePlace Place() => PlaceOnMachine.Of(_root);

    public void Dispose() => _root.Dispose();
}
