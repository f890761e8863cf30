using TreePush.Relay.Pieces;

namespace TreePush.Relay.Links;

/// <summary>What all links to children share.</summary>
internal sealed record Serving(PieceInventory PieceInventory, FreshPieces Fresh, RateLimit Limit)
{
    /// <summary>The priority between the program and pieces.</summary>
    public SendPriority Way { get; } = new();

    /// <summary>Creates an encoder over this host's files for one link.</summary>
    public required Func<PieceEncoder> NewEncoder { get; init; }

    /// <summary>Called with the pieces that children need, under the inventory's lock. The source hashes what is wanted.</summary>
    public Action<IReadOnlyList<PieceRange>> Wanted { get; set; } = _ => { };

    /// <summary>
    /// Called with a page of the ledger that a child has and this relay may not have: the source may have been lost after it sent
    /// the page to that child only.
    /// </summary>
    public Action<byte[]> Learn { get; init; } = _ => { };

    /// <summary>Called if a page contradicts what this relay has written into the ledger as the successor of the source.</summary>
    public Action<string>? Disproved { get; set; }

    /// <summary>
    /// Called, under the inventory's lock, with a piece that can no longer be read as it was hashed. The writer of the ledger
    /// then withdraws the file. Null on other hosts.
    /// </summary>
    public Action<int>? Spoilt { get; set; }
}
