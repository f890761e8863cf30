namespace TreePush.Core.Wire;

/// <summary>Pieces, or entries, that follow each other.</summary>
public readonly record struct PieceRange(long First, long Count)
{
    /// <summary>As many pieces as a run can have: what a hostile number is measured against. A set of them takes 128 MiB at most.</summary>
    public const int MostPieces = 1 << 30;

    public long End => First + Count;

    /// <summary>Ranges in ascending order: their number, and for each the gap behind the one before and its length.</summary>
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

    /// <exception cref="WireException">They are not in order, or end behind the last number there can be.</exception>
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
