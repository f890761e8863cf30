using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TreePush.Testing;

/// <summary>
/// A tree as a test writes it down; the same literal always gives the same tree. Directories on the way are made, times
/// are <see cref="UnixTime.Usual"/> unless given. Paths are texts of <see cref="RawPath"/>: @"not\xffutf8", @"two\x0alines".
/// </summary>
public sealed class TreeLiteral
{
    private const string FileMode = "644";
    private const string DirectoryMode = "755";
    private const int BlockSize = 1024 * 1024;

    private readonly List<Item> _items = [];

    /// <summary>How many items were written down.</summary>
    public int Count => _items.Count;

    /// <param name="mode">Octal, as for chmod.</param>
    public TreeLiteral File(RawPath path, string content = "", string mode = FileMode, UnixTime? modified = null) =>
        Add(new Item(path, EntryKind.File, mode, modified) { Content = Encoding.UTF8.GetBytes(content) });

    /// <summary>A file of bytes that don't compress, which the seed decides.</summary>
    public TreeLiteral RandomFile(RawPath path, long size, int seed, string mode = FileMode, UnixTime? modified = null) =>
        Add(new Item(path, EntryKind.File, mode, modified) { Size = size, Seed = seed });

    /// <summary>A file that is one hole.</summary>
    public TreeLiteral SparseFile(RawPath path, long size, string mode = FileMode, UnixTime? modified = null) =>
        Add(new Item(path, EntryKind.File, mode, modified) { Size = size });

    /// <summary>A directory, empty or not; only one that is named here has another mode or time than the usual.</summary>
    public TreeLiteral Directory(RawPath path, string mode = DirectoryMode, UnixTime? modified = null) =>
        Add(new Item(path, EntryKind.Directory, mode, modified));

    public TreeLiteral Link(RawPath path, RawPath target, UnixTime? modified = null) =>
        Add(new Item(path, EntryKind.Link, FileMode, modified) { Target = target });

    /// <summary>Makes the tree; a directory at its top may be there, but none of its files.</summary>
    /// <param name="top">Its last part, too, is made.</param>
    public Task MakeAsync(RawPath top, CancellationToken cancellationToken = default) =>
        Task.Run(() => Make(top, cancellationToken), cancellationToken);

    private TreeLiteral Add(Item item)
    {
        _items.Add(item);
        return this;
    }

    private void Make(RawPath top, CancellationToken cancellationToken)
    {
        var directories = Directories();
        RawFiles.MakeDirectory(top);
        foreach (var directory in directories.Keys)
            RawFiles.MakeDirectory(top.Combine(directory));
        foreach (var item in _items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = top.Combine(item.Path);
            if (item.Kind == EntryKind.File)
                MakeFile(path, item);
            else if (item.Kind == EntryKind.Link)
                RawFiles.MakeLink(path, item.Target);
            if (item.Kind != EntryKind.Directory)
                RawFiles.SetModified(path, item.Time);
        }

        // What is made in a directory changes its time, so the innermost are finished first.
        foreach (var (directory, item) in directories.Reverse())
        {
            RawFiles.SetMode(top.Combine(directory), item.ModeBits);
            RawFiles.SetModified(top.Combine(directory), item.Time);
        }
    }

    /// <summary>All that the tree has, the outer before the inner.</summary>
    private SortedDictionary<RawPath, Item> Directories()
    {
        SortedDictionary<RawPath, Item> directories = new(RawPath.Order) { [""] = UsualDirectory("") };
        foreach (var item in _items)
        {
            for (var path = item.Path.Parent(); directories.TryAdd(path, UsualDirectory(path));)
                path = path.Parent();
        }

        foreach (var item in _items.Where(item => item.Kind == EntryKind.Directory))
            directories[item.Path] = item;
        return directories;
    }

    private static Item UsualDirectory(RawPath path) => new(path, EntryKind.Directory, DirectoryMode, Modified: null);

    private static void MakeFile(RawPath path, Item item)
    {
        using (var file = RawFiles.Create(path))
        {
            if (item.Content is { } content)
                RandomAccess.Write(file, content, fileOffset: 0);
            else if (item.Seed is { } seed)
                WriteRandom(file, item.Size, seed);
            else
                RandomAccess.SetLength(file, item.Size);
        }

        RawFiles.SetMode(path, item.ModeBits);
    }

    private static void WriteRandom(SafeFileHandle file, long size, int seed)
    {
        var state = (ulong)seed;
        var block = new byte[Math.Min(size, BlockSize)];
        for (long offset = 0; offset < size; offset += block.Length)
        {
            Fill(block, ref state);
            RandomAccess.Write(file, block.AsSpan(0, (int)Math.Min(block.Length, size - offset)), offset);
        }
    }

    // SplitMix64 (Steele, Lea, Flood 2014), as a seeded Random takes longer than the disk.
    private static void Fill(Span<byte> block, ref ulong state)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (; !block.IsEmpty; block = block[Math.Min(block.Length, word.Length)..])
        {
            state += 0x9E37_79B9_7F4A_7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            BinaryPrimitives.WriteUInt64LittleEndian(word, mixed ^ (mixed >> 31));
            word[..Math.Min(block.Length, word.Length)].CopyTo(block);
        }
    }

    private sealed record Item(RawPath Path, EntryKind Kind, string Mode, UnixTime? Modified)
    {
        public int ModeBits => Convert.ToInt32(Mode, 8);

        public UnixTime Time => Modified ?? UnixTime.Usual;

        public byte[]? Content { get; init; }

        public long Size { get; init; }

        public int? Seed { get; init; }

        public RawPath Target { get; init; }
    }
}
