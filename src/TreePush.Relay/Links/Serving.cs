using TreePush.Relay.Pieces;

namespace TreePush.Relay.Links;

/// <summary>What all links to children share.</summary>
internal sealed record Serving(PieceInventory PieceInventory, FreshPieces Fresh, RateLimit Limit)
{
    /// <summary>Who goes first.</summary>
    public SendPriority Way { get; } = new();

    /// <summary>Makes a reader of this host's files for one link.</summary>
    public required Func<PieceEncoder> NewEncoder { get; init; }

    /// <summary>Told what children need, under the inventory's lock: the source hashes what somebody wants.</summary>
    public Action<IReadOnlyList<PieceRange>> Wanted { get; set; } = _ => { };

    /// <summary>Takes a page of the ledger that a child knows and this relay does not: the source may have been lost after it gave it to that child alone.</summary>
    public Action<byte[]> Learn { get; init; } = _ => { };

    /// <summary>Told that a page contradicts what this relay has written into the ledger itself, in the source's place.</summary>
    public Action<string>? Disproved { get; set; }

    /// <summary>Told, under the inventory's lock, of a piece that can't be read any more as it was hashed: who writes the ledger takes its file back. Null on other hosts.</summary>
    public Action<int>? Spoilt { get; set; }
}
