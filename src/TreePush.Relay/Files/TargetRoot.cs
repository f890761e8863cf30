using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>DEST itself. It is opened if it exists; otherwise it is created with the directories above it when something is written.</summary>
internal sealed class TargetRoot : IDisposable
{
    private static readonly int AnyDirectory = Native.Open.PathOnly | Native.Open.Directory | Native.Open.CloseOnExec;

    /// <summary>The mode, before the umask, of directories above DEST and of the directory of a single file: the source has no mode for them.</summary>
    private const uint AnyMode = 0b111_111_111;

    /// <summary>The directory that is DEST, or that contains the single file.</summary>
    private readonly byte[] _directory;
    private readonly byte[]? _file;
    private readonly bool _force;

    private TargetRoot(byte[] directory, byte[]? file, bool force) => (_directory, _file, _force) = (directory, file, force);

    public FileSystems FileSystems { get; } = new();

    /// <summary>The open tree; null until DEST exists.</summary>
    public TreeRoot? Tree { get; private set; }

    /// <exception cref="FileFaultException">DEST can't be opened, or is something that is not replaced without --force.</exception>
    public static TargetRoot At(ReadOnlySpan<byte> path, TargetOptions options)
    {
        byte[] destination = UserPath.Expand(path);
        var root = options switch
        {
            { SourceIsFile: false } => new TargetRoot(destination, null, options.Force),
            _ when destination[^1] == '/' => InDirectory(destination, options),
            _ => OfFile(destination, options.Force),
        };
        root.OpenIfThere();
        return root;
    }

    public TreePlace Place() => Tree is { } tree ? PlaceOnMachine.Of(tree) : PlaceOnMachine.OfMissing(_directory);

    /// <summary>Returns the resolved path of DEST, whether DEST exists or not. Two relays with equal results write the same files.</summary>
    public byte[] Canonical() => _file is null ? CanonicalPath.Of(_directory) : [.. CanonicalPath.Of(_directory), (byte)'/', .. _file];

    /// <summary>Returns the root, and creates it if it does not exist.</summary>
    /// <exception cref="FileFaultException">The root can't be created.</exception>
    public TreeRoot Ensure()
    {
        if (Tree is { } there) return there;
        for (int end = 1; end <= _directory.Length; end++)
        {
            if (end < _directory.Length && _directory[end] != '/') continue;
            MakeDirectory(_directory.AsSpan(0, end), isLast: _directory.AsSpan(end).Trim((byte)'/').IsEmpty);
        }

        int opened = Native.At.Open(Native.At.CurrentDirectory, _directory, AnyDirectory);
        FileFaultException.ThrowIfError(opened, RelativePath.Root, Attempt("open"));
        return Open(opened);
    }

    public void Dispose()
    {
        Tree?.Dispose();
        FileSystems.Dispose();
    }

    private TreeRoot Open(int descriptor)
    {
        if (Native.At.Status(descriptor, out var status) == 0) FileSystems.Learn(descriptor, "."u8, status);
        return Tree = new TreeRoot(descriptor, _file);
    }

    /// <summary>
    /// Returns the root of a single file in the directory DEST. The name comes from the source, which is not trusted to choose a
    /// place in this host's file system.
    /// </summary>
    private static TargetRoot InDirectory(byte[] destination, TargetOptions options)
    {
        byte[] name = options.SourceName.ToArray();
        if (RelativePath.IsName(name)) return new TargetRoot(destination, name, options.Force);
        throw Conflict($"the source calls its file '{UserPath.Show(name)}', which is not the name of a file");
    }

    private static TargetRoot OfFile(byte[] destination, bool force)
    {
        var (directory, name) = UserPath.Split(destination);
        if (RelativePath.IsName(name)) return new TargetRoot(directory, name, force);
        throw Conflict($"DEST {UserPath.Show(destination)} is a directory and SRC is a file: end DEST with a slash to copy the file into it");
    }

    private void OpenIfThere()
    {
        int opened = Native.At.Open(Native.At.CurrentDirectory, _directory, AnyDirectory);
        if (opened >= 0)
        {
            Open(opened);
            RefuseDirectoryForFile();
            return;
        }

        if (opened is not (-Errno.NoEntry or -Errno.NotDirectory)) throw new FileFaultException(FileFault.Of(RelativePath.Root, Attempt("open"), -opened));
        bool stands = Native.At.Status(Native.At.CurrentDirectory, _directory.AsSpan().TrimEnd((byte)'/'), out var status) == 0;
        if (stands && !_force)
        {
            string what = status.Kind == EntryKind.Symlink ? "a symbolic link that does not lead to a directory" : "not a directory";
            throw Conflict($"DEST {UserPath.Show(_directory)} is {what}: use --force to replace it");
        }

        if (!stands && opened == -Errno.NotDirectory) throw new FileFaultException(FileFault.Of(RelativePath.Root, Attempt("open"), -opened));
    }

    private void RefuseDirectoryForFile()
    {
        if (_file is null || _force) return;
        if (Tree!.Status(RelativePath.Root, out var status) != 0 || status.Kind != EntryKind.Directory) return;
        throw Conflict($"DEST {UserPath.Show(_directory)}/{UserPath.Show(_file)} is a directory and SRC is a file: end DEST with a slash to copy the file into it, or --force");
    }

    private void MakeDirectory(ReadOnlySpan<byte> path, bool isLast)
    {
        uint mode = isLast && _file is null ? TargetDirectories.UnfinishedMode : AnyMode;
        int made = Native.At.MakeDirectory(Native.At.CurrentDirectory, path, mode);
        if (made != -Errno.Exists || !isLast || !_force)
        {
            // Some file systems refuse to create a directory even if it exists. Opening it afterwards shows whether it does.
            if (made is 0 or -Errno.Exists || IsDirectory(path)) return;
            FileFaultException.ThrowIfError(made, RelativePath.Root, Attempt("make"));
        }
        else if (!IsDirectory(path))
        {
            FileFaultException.ThrowIfError(Native.At.Unlink(Native.At.CurrentDirectory, path), RelativePath.Root, Attempt("replace"));
            FileFaultException.ThrowIfError(Native.At.MakeDirectory(Native.At.CurrentDirectory, path, mode), RelativePath.Root, Attempt("make"));
        }
    }

    private static bool IsDirectory(ReadOnlySpan<byte> path) =>
        Native.At.Status(Native.At.CurrentDirectory, path, out var status, follow: true) == 0 && status.Kind == EntryKind.Directory;

    private string Attempt(string verb) => $"{verb} DEST {UserPath.Show(_directory)}";

    private static FileFaultException Conflict(string text) => new(new FileFault(FileFaultKind.Conflict, RelativePath.Root, 0, text));
}
