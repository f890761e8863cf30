namespace TreePush.Relay.Pieces;

/// <summary>The content of files on this host.</summary>
internal interface IContent
{
    /// <summary>Reads a part of a file.</summary>
    /// <returns>False if the file can't be read, or is too short.</returns>
    bool TryRead(int entry, PieceExtent extent, Span<byte> bytes);
}
