namespace TreePush.Core.Wire;

/// <summary>What child and parent tell each other besides ledger and pieces.</summary>
public abstract record LinkMessage
{
    private LinkMessage() { }

    /// <summary>A child's first frame.</summary>
    /// <param name="Token">From the controller: shows that it wants this link.</param>
    /// <param name="Known">How many ledger frames of each signer the child has already.</param>
    public sealed record Join(int Version, byte[] Run, int Link, byte[] Token, IReadOnlyList<long> Known) : LinkMessage;

    /// <summary>Pieces that the child lacks, besides those that it has named before.</summary>
    public sealed record Need(IReadOnlyList<PieceRange> Pieces) : LinkMessage;

    /// <summary>The parent takes the child.</summary>
    /// <param name="Known">How many ledger frames of each signer the parent has.</param>
    public sealed record Welcome(IReadOnlyList<long> Known) : LinkMessage;

    /// <summary>The last frame: why there will be no other.</summary>
    public sealed record Farewell(string Reason) : LinkMessage;

    /// <summary>A sign of life.</summary>
    public sealed record Alive : LinkMessage;
}
