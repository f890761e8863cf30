using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>How large the pieces are that files are cut into.</summary>
public static class PieceSize
{
    public const int Least = 16 << 10;
    public const int Usual = 256 << 10;
    public const int Most = 4 << 20;

    /// <summary>The largest file: as many of the largest pieces as a run can have (4 PiB).</summary>
    public const long LargestFile = (long)Most * PieceRange.MostPieces;

    /// <summary>More pieces than this a file has only where the largest pieces leave it no choice.</summary>
    public const int MostInFile = 1 << 16;

    /// <summary>
    /// The size for a run. A piece is passed on when it is whole, so each host of a chain adds the time of one: small
    /// pieces for long chains and little data (a twentieth of a host's share), and large ones, which cost less work,
    /// where the chain's length does not matter.
    /// </summary>
    /// <param name="bytes">The size of all files.</param>
    public static int ForRun(long bytes, int hosts)
    {
        double ideal = 0.05 * bytes / Math.Max(1, hosts);
        int size = Least;
        while (size < Usual && size * 1.5 < ideal) size *= 2;
        // Half of the usual size is too little for a host to see from a piece how fast its link is, and a slow one goes unnoticed.
        return size == Usual / 2 ? Usual : size;
    }

    /// <summary>The size for a file of a run: larger where there would be too many.</summary>
    public static int ForFile(long bytes, int size)
    {
        while (size < Most && bytes > (long)size * MostInFile) size *= 2;
        return size;
    }
}
