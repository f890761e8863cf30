namespace TreePush.Relay.Pieces;

/// <summary>The receiver of a link's pieces.</summary>
internal interface IPieceTaker
{
    /// <summary>Takes a piece. Waiting threads need not be woken yet.</summary>
    /// <param name="at">Where in the buffer the content begins.</param>
    void Take(PieceBuffer buffer, int piece, PieceCoding coding, int at);

    /// <summary>Wakes the threads that wait for the pieces taken so far.</summary>
    void Notify();
}
