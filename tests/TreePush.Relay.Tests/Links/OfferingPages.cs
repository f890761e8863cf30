using TreePush.Core.Manifests;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Tests.Links;

/// <summary>A child has pages that its new parent lacks, because the source was lost before it had given them to all.</summary>
public sealed class OfferingPages : IDisposable
{
    private static readonly byte[] Secret = new byte[LinkToken.SecretSize];

    private readonly SmallLedger _ledger = new();
    private readonly PieceInventory _parent = new(), _child = new();
    private readonly LedgerReader _ofParent, _ofChild;
    private readonly ControlMessage.Start _start;
    private readonly Listener _listener;
    private string? _disproved;

    public OfferingPages()
    {
        (_ofParent, _ofChild) = (new LedgerReader(_ledger.Run, _parent), new LedgerReader(_ledger.Run, _child));
        foreach (var reader in new[] { _ofParent, _ofChild }) reader.Trust([_ledger.Identity.PublicKey]);
        _start = new ControlMessage.Start(RelayRole.Target, _ledger.Run, "", Secret) { Options = new RelayOptions { Plain = true } };
        _listener = new Listener(_start, _ledger.Identity, new Serving(_parent, new FreshPieces(), new RateLimit(0))
        {
            NewEncoder = () => new PieceEncoder(_parent, new Nothing(), new PieceBufferPool(), compress: false),
            Learn = page => _ofParent.Take(page),
            Disproved = text => _disproved = text,
        }, _ => { });
    }

    [Fact]
    public void Parent_gets_the_pages_that_only_its_child_has()
    {
        Give(_ofParent, _ledger.Pages[..2]);
        Give(_ofChild, _ledger.Pages);
        using var link = Attach();
        Until(_parent, () => _parent.Ledger.CountOf(0) == 4);
        _parent.Catalog.Hashed.Count.Should().Be(3);
    }

    [Fact]
    public void Child_gets_the_pages_that_only_its_parent_has()
    {
        Give(_ofParent, _ledger.Pages);
        Give(_ofChild, _ledger.Pages[..2]);
        using var link = Attach();
        Until(_child, () => _child.Ledger.CountOf(0) == 4);
    }

    [Fact]
    public void Parent_that_wrote_a_hash_otherwise_than_the_source_did_is_told()
    {
        Give(_ofParent, _ledger.Pages[..3]);
        using var own = new RelayIdentity();
        byte[] body = _ledger.HashesPage(0);
        body[^1] ^= 1;
        new LedgerWriter(_ledger.Run, 1, own, _parent).Write(LedgerKind.Hashes, body);
        _ofParent.Trust([_ledger.Identity.PublicKey, own.PublicKey]);
        _ofChild.Trust([_ledger.Identity.PublicKey, _ledger.Identity.PublicKey]);
        Give(_ofChild, _ledger.Pages);
        var stream = Dial();
        stream.Write(FrameType.Ledger, _ledger.Pages[3]);
        stream.Flush();
        FluentActions.Invoking(() =>
        {
            while (true) stream.ReadPayload(stream.ReadHeader().Payload);
        }).Should().Throw<LinkException>();
        _disproved.Should().Be("a hash of f differs from the one that is known");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _ofParent.Dispose();
        _ofChild.Dispose();
        _ledger.Dispose();
    }

    private static void Give(LedgerReader reader, IEnumerable<byte[]> pages)
    {
        foreach (byte[] page in pages) reader.Take(page);
    }

    private LinkStream Dial() => Dialed().Stream;

    private (LinkStream Stream, IReadOnlyList<long> ParentKnows) Dialed()
    {
        var attach = new ControlMessage.Attach(1, [new Endpoint("127.0.0.1", _listener.Port)], [], LinkToken.Make(Secret, 1), []) { Source = TreePlace.Unknown };
        return new Dialer(attach, _start, _ofChild.Known).Dial();
    }

    private ParentLink Attach()
    {
        var (stream, known) = Dialed();
        var link = new ParentLink(1, stream, known, _ofChild, new PieceBufferPool(), new Nobody());
        new Thread(() => link.Invoking(l => l.Run()).Should().Throw<LinkException>()) { IsBackground = true }.Start();
        return link;
    }

    private static void Until(PieceInventory inventory, Func<bool> isSo)
    {
        lock (inventory.Gate)
            while (!isSo())
                if (!Monitor.Wait(inventory.Gate, TimeSpan.FromSeconds(30))) Assert.Fail("it did not come");
    }

    private sealed class Nobody : IPieceTaker
    {
        public void Take(PieceBuffer buffer, int piece, PieceCoding coding, int at) { }

        public void Notify() { }
    }

    private sealed class Nothing : IContent
    {
        public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes) => false;
    }
}
