using TreePush.Relay.Ledgers;

namespace TreePush.Relay.Sources;

/// <summary>
/// Collects hashes into pages. The first pages are short, so that the first pieces leave at once. Later pages hold more, because
/// each page is signed, and checked by every host.
/// </summary>
internal sealed class HashPages(LedgerWriter ledger)
{
    private const int MostPieces = 512;
    private const int MostBytes = 4 << 20;

    private readonly WireWriter _runs = new();
    private readonly WireWriter _hashes = new();
    private int _first;
    private int _count;
    private int _pieces;
    private int _bytes;
    private int _bytesWanted = 1;

    /// <param name="bytes">The length of the piece.</param>
    public void Add(int piece, byte[] hash, int bytes)
    {
        if (_count > 0 && piece != _first + _count) EndRun();
        if (_count++ == 0) _first = piece;
        _hashes.Raw(hash);
        _pieces++;
        _bytes += bytes;
        if (_bytes >= _bytesWanted || _pieces >= MostPieces) Flush();
    }

    public void Flush()
    {
        EndRun();
        if (_runs.Length == 0) return;
        ledger.Write(LedgerKind.Hashes, _runs.Written.ToArray());
        _runs.Clear();
        (_pieces, _bytes) = (0, 0);
        _bytesWanted = Math.Min(MostBytes, Math.Max(_bytesWanted * 2, 64 << 10));
    }

    private void EndRun()
    {
        if (_count == 0) return;
        _runs.Varint(_first);
        _runs.Varint(_count);
        _runs.Raw(_hashes.Written);
        _hashes.Clear();
        _count = 0;
    }
}
