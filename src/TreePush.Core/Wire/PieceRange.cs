namespace TreePush.Core.Wire;

/// <summary>A range of consecutive pieces or entries.</summary>
public readonly record struct PieceRange(long First, long Count)
{
    /// <summary>The most pieces of a run. It also bounds numbers from a hostile host: a set of this many pieces takes 128 MiB at most.</summary>
    public const int MostPieces = 1 << 30;

    public long End => First + Count;

    /// <summary>Writes ranges, which must be in ascending order: their number, then for each the gap after the previous range and the length.</summary>
    public static void Write(WireWriter writer, IReadOnlyCollection<PieceRange> ranges)
    {
        writer.Varint(ranges.Count);
        long end = 0;
        foreach (var range in ranges)
        {
            writer.Varint(range.First - end);
            writer.Varint(range.Count);
            end = range.End;
        }
    }

    /// <exception cref="WireException">The ranges are not in order, or end after the last valid number.</exception>
    public static IReadOnlyList<PieceRange> Read(ref WireReader reader)
    {
        int count = reader.Items(bytesOfEach: 2);
        var ranges = new List<PieceRange>(count);
        long end = 0;
        for (int i = 0; i < count; i++)
        {
            long first = end + reader.Number(MostPieces - end);
            long length = reader.Number(MostPieces - first);
            if (length == 0) throw new WireException("a range has nothing in it");
            ranges.Add(new PieceRange(first, length));
            end = first + length;
        }

        return ranges;
    }
}
