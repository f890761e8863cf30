namespace TreePush.Core.Wire;

/// <summary>The messages between child and parent, besides ledger pages and pieces.</summary>
public abstract record LinkMessage
{
    private LinkMessage() { }

    /// <summary>A child's first frame.</summary>
    /// <param name="Token">The token from the controller, which proves that the controller wants this link.</param>
    /// <param name="Known">How many ledger pages of each signer the child already has.</param>
    public sealed record Join(int Version, byte[] Run, int Link, byte[] Token, IReadOnlyList<long> Known) : LinkMessage;

    /// <summary>The pieces that the child lacks, in addition to those that it named before.</summary>
    public sealed record Need(IReadOnlyList<PieceRange> Pieces) : LinkMessage;

    /// <summary>The parent accepts the child.</summary>
    /// <param name="Known">How many ledger pages of each signer the parent has.</param>
    public sealed record Welcome(IReadOnlyList<long> Known) : LinkMessage;

    /// <summary>The last frame: why the sender ends the link.</summary>
    public sealed record Farewell(string Reason) : LinkMessage;

    /// <summary>A heartbeat.</summary>
    public sealed record Alive : LinkMessage;
}
