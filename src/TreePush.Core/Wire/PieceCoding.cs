namespace TreePush.Core.Wire;

/// <summary>How a piece travels. Its hash is always that of the bytes as they are in the file.</summary>
public enum PieceCoding : byte
{
    /// <summary>As it is.</summary>
    Raw = 0,

    /// <summary>All its bytes are zero; none of them travels.</summary>
    Zero = 1,

    /// <summary>Compressed with Brotli.</summary>
    Brotli = 2,
}
