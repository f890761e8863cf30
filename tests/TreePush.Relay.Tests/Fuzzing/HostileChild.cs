using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Tests.Links;

namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>A child with a right token that needs what there is not, and offers pages that nobody has signed.</summary>
public sealed class HostileChild : IDisposable
{
    private readonly SmallLedger _ledger = new();
    private readonly LedgerReader _reader;
    private readonly Serving _serving;
    private Exception? _fault;

    public HostileChild()
    {
        _reader = new LedgerReader(_ledger.Run, _ledger.PieceInventory);
        _reader.Trust([_ledger.Identity.PublicKey]);
        var content = new Content(_ledger);
        var pool = new PieceBufferPool();
        _serving = new Serving(_ledger.PieceInventory, new FreshPieces(), new RateLimit(0))
        {
            NewEncoder = () => new PieceEncoder(_ledger.PieceInventory, content, pool, compress: false),
            Learn = Learn,
        };
    }

    [Fact]
    public void Whatever_a_child_says_ends_its_link_at_worst_and_changes_nothing_here()
    {
        Inputs.Give(Converse);
        _ledger.Pages.Should().HaveCount(4);
        _ledger.PieceInventory.Withdrawn.Should().BeEmpty();
        _ledger.PieceInventory.Servable.Count.Should().Be(3);
        _fault.Should().BeNull();
    }

    [Fact]
    public void Whatever_a_stranger_says_first_is_a_join_or_none()
    {
        Inputs.Give(seed =>
        {
            var dice = new Dice(seed);
            var writer = new WireWriter();
            var type = LinkCodec.Write(writer, new LinkMessage.Join(1, _ledger.Run, 1, dice.Bytes(32), [4]));
            byte[] bytes = dice.Change(writer.Written.ToArray());
            Inputs.Bounded(bytes.Length, () => Try(() => LinkCodec.Read(type, bytes)));
            (ProgramRequest.Read(new byte[32], dice.Change(ProgramRequest.Make(new byte[32], seed))) ?? seed).Should().Be(seed);
            return 2;
        });
    }

    public void Dispose()
    {
        _reader.Dispose();
        _ledger.Dispose();
    }

    private int Converse(int seed)
    {
        var dice = new Dice(seed);
        var frames = Enumerable.Range(0, 12).Select(_ => Frame(dice)).ToList();
        var said = new Said([.. frames.SelectMany(f => f)]);
        var join = new LinkMessage.Join(1, _ledger.Run, 1, [], [.. Enumerable.Range(0, dice.Below(4)).Select(_ => dice.Any([0L, 3, 4, 5, long.MaxValue]))]);
        var link = new ChildLink(LinkStream.Over(said), join, _serving);
        var serving = new Thread(() => Guard(link.Serve)) { IsBackground = true };
        serving.Start();
        // One that needs what is not listed yet is waited for; it has to be let go.
        said.AwaitEnd(TimeSpan.FromMilliseconds(10));
        link.Dispose();
        serving.Join();
        if (_fault is not null) throw new InvalidOperationException($"the link failed in a way that is not foreseen: {_fault}");
        long left = said.Taken;
        return 1 + frames.TakeWhile(f => (left -= f.Length) >= 0).Count();
    }

    private byte[] Frame(Dice dice)
    {
        var writer = new WireWriter();
        switch (dice.Below(12))
        {
            case 0: return SmallLedger.FrameOf((FrameType)dice.Below(256), dice.Bytes(dice.Below(30)));
            case 1: return SmallLedger.FrameOf(FrameType.Ledger, dice.Change(dice.Any(_ledger.Pages)));
            case < 5: return SmallLedger.FrameOf(FrameType.Ledger, dice.Any(_ledger.Pages));
            case 5: return SmallLedger.FrameOf(FrameType.Alive, []);
            case 6 when dice.Once(8): return SmallLedger.FrameOf(FrameType.Need, dice.Change([1, 0, 3]));
            default: return SmallLedger.FrameOf(LinkCodec.Write(writer, new LinkMessage.Need([new PieceRange(dice.Below(3), 1)])), writer.Written.ToArray());
        }
    }

    /// <summary>What the child's thread does with a page, and whatever comes of it.</summary>
    private void Learn(byte[] page)
    {
        try
        {
            _reader.Take(page);
        }
        catch (Exception e) when (e is not (WireException or LinkException or LedgerConflictException))
        {
            _fault = e;
        }
    }

    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            _fault = e;
        }
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (WireException)
        {
            // That is what it is for.
        }
    }

    private sealed class Content(SmallLedger ledger) : IContent
    {
        public bool TryRead(int entry, PieceExtent extent, Span<byte> bytes)
        {
            ledger.Content.AsSpan((int)extent.Offset, extent.Length).CopyTo(bytes);
            return true;
        }
    }
}
