namespace TreePush.Relay.Ledgers;

/// <summary>
/// The pages of the ledger that this relay has, by signer, unchanged, to be passed on. Used under the lock of
/// <see cref="Pieces.PieceInventory"/>.
/// </summary>
internal sealed class Ledger
{
    private readonly List<List<byte[]>> _pages = [];

    /// <summary>The number of pages of each signer.</summary>
    public IReadOnlyList<long> Known => [.. _pages.Select(p => (long)p.Count)];

    public int Signers => _pages.Count;

    public int CountOf(int signer) => signer < _pages.Count ? _pages[signer].Count : 0;

    public byte[] Page(int signer, int number) => _pages[signer][number];

    public void Append(int signer, byte[] payload)
    {
        while (_pages.Count <= signer) _pages.Add([]);
        _pages[signer].Add(payload);
    }
}
