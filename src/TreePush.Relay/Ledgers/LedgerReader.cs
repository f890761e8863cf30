using System.Security.Cryptography;
using TreePush.Core.Syncing;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Ledgers;

/// <summary>
/// Checks and applies pages from other relays. Each page must be the next of its signer, signed with the key that the controller
/// named, and valid.
/// </summary>
internal sealed class LedgerReader(byte[] run, PieceInventory inventory) : IDisposable
{
    /// <summary>How long a page may arrive before the controller has named its signer.</summary>
    private static readonly TimeSpan SignerPatience = TimeSpan.FromSeconds(5);

    private readonly List<ECDsa> _keys = [];

    /// <summary>Adds signers. The keys of signers that were named before do not change.</summary>
    /// <exception cref="WireException">One of the keys is invalid.</exception>
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

    /// <summary>Checks and applies a page, and keeps it for this relay's children.</summary>
    /// <param name="payload">The payload of the frame. It is kept, not copied.</param>
    /// <returns>The page. Its sender has it too.</returns>
    public LedgerFrame Take(byte[] payload)
    {
        var page = LedgerFrame.Read(payload);
        lock (inventory.Gate)
        {
            // A new parent may not know yet which pages this relay has.
            if (page.Number < inventory.Ledger.CountOf(page.Signer)) return page;
            // A successor must not add entries: different hosts would number the entries of two writers differently.
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

    /// <summary>The number of pages of each signer on this host.</summary>
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
            // The pages of a successor may arrive before the controller's message that names it.
            long until = Environment.TickCount64 + (long)SignerPatience.TotalMilliseconds;
            while (page.Signer >= _keys.Count && until - Environment.TickCount64 is > 0 and var left) Monitor.Wait(_keys, TimeSpan.FromMilliseconds(left));
            return page.Signer < _keys.Count && _keys[page.Signer].VerifyHash(digest, page.Signature.Span);
        }
    }
}
