namespace TreePush.Core.Wire;

/// <summary>The encoding of a piece on the wire. The hash of a piece is always that of the bytes in the file.</summary>
public enum PieceCoding : byte
{
    /// <summary>Not encoded.</summary>
    Raw = 0,

    /// <summary>All bytes are zero; none are sent.</summary>
    Zero = 1,

    /// <summary>Compressed with Brotli.</summary>
    Brotli = 2,
}
