using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Ledgers;

/// <summary>Writes pages: signs them, applies them to this relay's own inventory, and leaves it to the links to send them.</summary>
internal sealed class LedgerWriter(byte[] run, int signer, RelayIdentity identity, PieceInventory inventory)
{
    /// <summary>Writes a page. For one thread at a time.</summary>
    public void Write(LedgerKind kind, byte[] body)
    {
        int number;
        lock (inventory.Gate) number = inventory.Ledger.CountOf(signer);
        byte[] signature = identity.Sign(LedgerFrame.Digest(run, signer, number, kind, body));
        var writer = new WireWriter();
        new LedgerFrame(signer, number, kind, signature, body).Write(writer);
        lock (inventory.Gate)
        {
            Page.Apply(inventory, signer, kind, body);
            inventory.Ledger.Append(signer, writer.Written.ToArray());
            inventory.Pulse();
        }
    }
}
