namespace TreePush.Relay.Pieces;

/// <summary>The bytes of files that are on this host.</summary>
internal interface IContent
{
    /// <summary>Reads a part of a file.</summary>
    /// <returns>False if it can't be read, or ends before.</returns>
    bool TryRead(int entry, PieceExtent extent, Span<byte> bytes);
}
