using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>Chooses the size of the pieces that files are cut into.</summary>
public static class PieceSize
{
    public const int Least = 16 << 10;
    public const int Usual = 256 << 10;
    public const int Most = 4 << 20;

    /// <summary>The largest file: 2^30 pieces of the largest size (4 PiB).</summary>
    public const long LargestFile = (long)Most * PieceRange.MostPieces;

    /// <summary>The most pieces that a file has, unless it has too many even with the largest pieces.</summary>
    public const int MostInFile = 1 << 16;

    /// <summary>
    /// Returns the piece size for a run. A relay passes a piece on when it is complete, so each host of a chain adds the time of
    /// one piece. Small pieces (a twentieth of the content divided by the number of hosts) suit long chains and little data.
    /// Where the length of the chain does not matter, large pieces are better, because they cost less work.
    /// </summary>
    /// <param name="bytes">The size of all files, in bytes.</param>
    public static int ForRun(long bytes, int hosts)
    {
        double ideal = 0.05 * bytes / Math.Max(1, hosts);
        int size = Least;
        while (size < Usual && size * 1.5 < ideal) size *= 2;
        // With pieces of half the usual size, a host can't tell from one piece how fast its link is, and a slow link goes undetected.
        return size == Usual / 2 ? Usual : size;
    }

    /// <summary>Returns the piece size for a file of a run. It is larger if the file would have too many pieces.</summary>
    public static int ForFile(long bytes, int size)
    {
        while (size < Most && bytes > (long)size * MostInFile) size *= 2;
        return size;
    }
}
