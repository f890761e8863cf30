using System.Buffers;
using System.Runtime.InteropServices;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>The names in one directory, sorted by bytes, without <c>.</c> and <c>..</c>.</summary>
internal sealed class DirectoryListing
{
    private const int ReadSize = 32 * 1024;

    /// <summary>The layout of a record of getdents64(2): inode, offset, length of the record, type, name with a NUL.</summary>
    private const int LengthAt = 16, NameAt = 19;

    private readonly List<byte[]> _names = [];

    public IReadOnlyList<byte[]> Names => _names;

    public bool Has(ReadOnlySpan<byte> name)
    {
        int first = 0, end = _names.Count;
        while (first < end)
        {
            int middle = (first + end) >>> 1;
            int order = name.SequenceCompareTo(_names[middle]);
            if (order == 0) return true;
            if (order < 0) end = middle;
            else first = middle + 1;
        }

        return false;
    }

    /// <param name="directory">The directory, open for reading. It is read from its current position.</param>
    /// <param name="error">0, or the error number with which the listing ended early.</param>
    public static DirectoryListing Read(int directory, out int error)
    {
        var listing = new DirectoryListing();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        int count;
        while ((count = Opened.List(directory, buffer)) > 0) listing.Take(buffer.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(buffer);
        error = -count;
        listing._names.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return listing;
    }

    private void Take(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            int length = MemoryMarshal.Read<ushort>(records[LengthAt..]);
            var name = records[NameAt..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) _names.Add(name.ToArray());
            records = records[length..];
        }
    }
}
