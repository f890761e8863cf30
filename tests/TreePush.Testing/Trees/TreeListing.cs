using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace TreePush.Testing;

/// <summary>All that is in a tree, in the order of its paths.</summary>
public sealed class TreeListing
{
    // One character each, then size and blocks in numbers, path and link target as they are; every field ends in a zero.
    private const string Format = @"%y\0%m\0%U:%G\0%T@\0%s\0%b\0%P\0%l\0";
    private const int Fields = 8;
    private const int BlockSize = 512;

    private TreeListing(IReadOnlyList<TreeEntry> entries) => Entries = entries;

    /// <summary>The top, whose path is empty, and what is below it.</summary>
    public IReadOnlyList<TreeEntry> Entries { get; }

    /// <summary>What is at a path.</summary>
    /// <exception cref="InvalidOperationException">Nothing is.</exception>
    public TreeEntry this[RawPath path] => Entries.FirstOrDefault(entry => entry.Path == path)
        ?? throw new InvalidOperationException($"There is no {path} in:\n{this}");

    /// <summary>Reads a tree, or a single file; links are not followed.</summary>
    /// <param name="top">A path that .NET can read; all below it may be bytes.</param>
    public static async Task<TreeListing> ReadAsync(string top, CancellationToken cancellationToken = default)
    {
        var fields = await FindAsync(top, cancellationToken);
        var entries = new TreeEntry[fields.Count / Fields];
        await Parallel.ForAsync(0, entries.Length, cancellationToken, (index, _) =>
        {
            entries[index] = Entry(top, fields.Slice(index * Fields, Fields));
            return ValueTask.CompletedTask;
        });
        Array.Sort(entries, (one, other) => RawPath.Order.Compare(one.Path, other.Path));
        return new TreeListing(entries);
    }

    /// <summary>One line for each entry.</summary>
    public IReadOnlyList<string> Lines(TreeAspects aspects = TreeAspects.Usual) =>
        [.. Entries.Select(entry => entry.Print(aspects))];

    public override string ToString() => string.Join('\n', Lines());

    private static TreeEntry Entry(string top, IReadOnlyList<byte[]> fields)
    {
        var kind = (char)fields[0][0] switch
        {
            'f' => EntryKind.File,
            'd' => EntryKind.Directory,
            'l' => EntryKind.Link,
            _ => EntryKind.Other,
        };
        var path = new RawPath(fields[6]);
        return new TreeEntry(path, kind)
        {
            Mode = Convert.ToInt32(Text(fields[1]), 8),
            Owner = Text(fields[2]),
            Modified = Time(Text(fields[3])),
            Size = kind == EntryKind.File ? Number(fields[4]) : 0,
            Allocated = Number(fields[5]) * BlockSize,
            Sha256 = kind == EntryKind.File ? Hash(new RawPath(Encoding.UTF8.GetBytes(top)).Combine(path)) : "",
            LinkTarget = new RawPath(fields[7]),
        };
    }

    private static async Task<FieldList> FindAsync(string top, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("find", [top, "-printf", Format])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var find = Process.Start(start)!;
        var error = find.StandardError.ReadToEndAsync(cancellationToken);
        using var output = new MemoryStream();
        await find.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        await find.WaitForExitAsync(cancellationToken);
        if (find.ExitCode != 0)
            throw new IOException($"find {top} failed: {await error}");
        return new FieldList(output.ToArray());
    }

    private static string Hash(RawPath path)
    {
        using var stream = new FileStream(RawFiles.OpenToRead(path), FileAccess.Read, bufferSize: 0);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // find gives a digit more than there are.
    private static UnixTime Time(string text)
    {
        var parts = text.Split('.');
        return new UnixTime(
            long.Parse(parts[0]), int.Parse(parts[1][..9]));
    }

    private static long Number(byte[] field) => long.Parse(field);

    private static string Text(byte[] field) => Encoding.ASCII.GetString(field);
}
