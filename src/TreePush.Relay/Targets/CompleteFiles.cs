using TreePush.Core.Manifests;
using TreePush.Relay.Files;
using TreePush.Relay.Pieces;
using TreePush.Relay.Sources;

namespace TreePush.Relay.Targets;

/// <summary>The files of a host that has everything, and goes on with the ledger in the source's place. They are what was listed: nothing is listed anew.</summary>
internal sealed class CompleteFiles(IContent content) : ILedgerFiles
{
    public int Read(int entry, PieceExtent extent, Span<byte> bytes) => content.TryRead(entry, extent, bytes)
        ? bytes.Length
        : throw new FileFaultException(new FileFault(FileFaultKind.Other, RelativePath.Root, 0, "can't be read any more, where it had been brought already"));

    public FileState StateOf(int entry) => FileState.Unchanged;

    public ManifestEntry? ListAnew(ManifestEntry entry) => null;

    public bool IsGone(ManifestEntry entry) => false;
}
