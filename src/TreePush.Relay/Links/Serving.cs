using TreePush.Core.Wire;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Links;

/// <summary>What all links to children share.</summary>
internal sealed record Serving(Holdings Holdings, FreshPieces Fresh, RateLimit Limit)
{
    /// <summary>Makes a reader of this host's files for one link.</summary>
    public required Func<PieceEncoder> NewEncoder { get; init; }

    /// <summary>Told what children need, under the holdings' lock: the source hashes what somebody wants.</summary>
    public Action<IReadOnlyList<PieceRange>> Wanted { get; set; } = _ => { };

    /// <summary>
    /// Told of a piece that can't be read as it was listed any more, under the holdings' lock. Whoever writes the ledger
    /// takes the file back, so that nobody waits for it; null where another host writes it.
    /// </summary>
    public Action<int>? Spoilt { get; set; }
}
