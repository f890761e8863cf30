using System.Security.Cryptography;
using TreePush.Core.Syncing;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Ledgers;

/// <summary>Takes pages from a parent: each must be the next of its signer's, signed with the key that the controller named, and make sense.</summary>
internal sealed class LedgerReader(byte[] run, PieceInventory inventory) : IDisposable
{
    /// <summary>How long a page may come before its signer is named.</summary>
    private static readonly TimeSpan SignerPatience = TimeSpan.FromSeconds(5);

    private readonly List<ECDsa> _keys = [];

    /// <summary>Trusts these keys; those that were named before stay what they were.</summary>
    /// <exception cref="WireException">One of them is no key.</exception>
    public void Trust(IReadOnlyList<byte[]> keys)
    {
        lock (_keys)
            for (int i = _keys.Count; i < keys.Count; i++)
            {
                if (!RelayKey.IsValid(keys[i])) throw new WireException("a signer's key is no key");
                var key = ECDsa.Create();
                key.ImportSubjectPublicKeyInfo(keys[i], out _);
                _keys.Add(key);
                Monitor.PulseAll(_keys);
            }
    }

    /// <summary>Checks and applies a page, and keeps it for this relay's own children.</summary>
    /// <param name="payload">The frame's payload; kept.</param>
    /// <returns>The page, which whoever sent it has.</returns>
    public LedgerFrame Take(byte[] payload)
    {
        var page = LedgerFrame.Read(payload);
        lock (inventory.Gate)
        {
            // A parent that was attached to anew may not know yet what this relay has.
            if (page.Number < inventory.Ledger.CountOf(page.Signer)) return page;
            // A successor has the manifest as it was left to it: entries of two writers would be numbered differently by different hosts.
            if (page.Signer > 0 && page.Kind is not (LedgerKind.Hashes or LedgerKind.Withdrawn)) throw new LinkException(LinkFault.Corrupt, $"a successor writes no page of {page.Kind}");
            if (page.Number > inventory.Ledger.CountOf(page.Signer)) throw new LinkException(LinkFault.Corrupt, "a page of the ledger is missing");
        }

        if (!IsSigned(page)) throw new LinkException(LinkFault.Corrupt, "a page of the ledger is not what the source signed");
        lock (inventory.Gate)
        {
            if (page.Number != inventory.Ledger.CountOf(page.Signer)) return page;
            Ledgers.Page.Apply(inventory, page.Signer, page.Kind, page.Body.Span);
            inventory.Ledger.Append(page.Signer, payload);
            inventory.Pulse();
            return page;
        }
    }

    /// <summary>How many pages of each signer are here.</summary>
    public IReadOnlyList<long> Known
    {
        get
        {
            lock (inventory.Gate) return inventory.Ledger.Known;
        }
    }

    public byte[] Page(int signer, int number)
    {
        lock (inventory.Gate) return inventory.Ledger.Page(signer, number);
    }

    public void Dispose() => _keys.ForEach(k => k.Dispose());

    private bool IsSigned(LedgerFrame page)
    {
        byte[] digest = LedgerFrame.Digest(run, page.Signer, page.Number, page.Kind, page.Body.Span);
        lock (_keys)
        {
            // The pages of a source's successor can be faster than the controller's word of it.
            long until = Environment.TickCount64 + (long)SignerPatience.TotalMilliseconds;
            while (page.Signer >= _keys.Count && until - Environment.TickCount64 is > 0 and var left) Monitor.Wait(_keys, TimeSpan.FromMilliseconds(left));
            return page.Signer < _keys.Count && _keys[page.Signer].VerifyHash(digest, page.Signature.Span);
        }
    }
}
