namespace TreePush.Relay.Pieces;

/// <summary>Where a link's pieces go.</summary>
internal interface IPieceTaker
{
    /// <summary>Takes a piece; whoever waits for it need not know yet.</summary>
    /// <param name="at">Where in the buffer its content begins.</param>
    void Take(PieceBuffer buffer, int piece, PieceCoding coding, int at);

    /// <summary>Tells whoever waits of all that was taken so far.</summary>
    void Notify();
}
