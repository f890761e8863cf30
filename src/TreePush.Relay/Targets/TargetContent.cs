using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>The files of DEST, complete or incomplete, for one reader that goes through them in order.</summary>
/// <param name="tree">Returns DEST. It is called when there is something to read; DEST is open by then.</param>
internal sealed class TargetContent(Func<TargetTree> tree, Func<FilesUnderWay?> underWay, PieceInventory inventory) : IContent, IDisposable
{
    private readonly LastFile _file = new(inventory, path => tree().OpenFile(path));

    public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes) =>
        (!_file.Is(entry) && underWay()?.TryRead(entry, extent, bytes) == true) || _file.TryRead(entry, extent, bytes);

    public void Dispose() => _file.Dispose();
}
