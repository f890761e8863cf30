using TreePush.Core.Wire;
using TreePush.Relay.Files;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Links;

namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>A parent that changes what the source has signed, and everything else that it passes on.</summary>
public sealed class HostileParent : IDisposable
{
    private readonly SmallLedger _ledger = new();
    private readonly Fence _fence = new();
    private readonly PieceBufferPool _pool = new();

    [Fact]
    public void Whatever_a_parent_says_ends_the_link_at_worst_and_no_wrong_byte_gets_a_name()
    {
        Inputs.Give(Converse);
        _fence.Writes.Should().BePositive("the fence sees calls");
    }

    public void Dispose()
    {
        _fence.Dispose();
        _ledger.Dispose();
    }

    private int Converse(int seed)
    {
        var dice = new Dice(seed);
        var inventory = new PieceInventory();
        string destination = _fence.NewDestination(dice);
        using var reader = new LedgerReader(_ledger.Run, inventory);
        reader.Trust([_ledger.Identity.PublicKey]);
        foreach (byte[] page in _ledger.Pages.Take(dice.Below(5))) reader.Take(page);
        using var tree = TargetTree.OpenAt(System.Text.Encoding.UTF8.GetBytes(destination), new TargetOptions(false, default, true));
        var underWay = new FilesUnderWay(tree, inventory);
        var taker = new Needing(inventory, new Receiver(inventory, new FreshPieces(), underWay, new PathFailures(_ => { }, () => false), _ => { }));
        var frames = Frames(dice);
        var said = new Said([.. frames.SelectMany(f => f)]);
        using var link = new ParentLink(1, LinkStream.Over(said), [], reader, _pool, taker);
        Inputs.Bounded(said.Length, () => link.Invoking(l => l.Run()).Should().Throw<LinkException>());
        underWay.AbandonAll();
        CheckFile(destination);
        _fence.RemoveDestination();
        return 1 + CountOf(frames, said.Taken);
    }

    private void CheckFile(string destination)
    {
        string file = Path.Combine(destination, "f");
        if (File.Exists(file)) File.ReadAllBytes(file).Should().Equal(_ledger.Content);
    }

    /// <summary>What an honest parent says, with most of it left as it is.</summary>
    private List<byte[]> Frames(Dice dice)
    {
        List<byte[]> frames =
        [
            .. _ledger.Pages.Select(p => SmallLedger.FrameOf(FrameType.Ledger, p)),
            .. Enumerable.Range(0, 6).Select(i => SmallLedger.FrameOfPiece(i % 3, PieceCoding.Raw, _ledger.Piece(i % 3))),
            SmallLedger.FrameOf(FrameType.Alive, []),
        ];
        for (int i = dice.Below(4); i > 0; i--) frames.Insert(dice.Below(frames.Count), dice.Any(frames));
        for (int i = 1 + dice.Below(3); i > 0; i--)
        {
            int at = dice.Below(frames.Count);
            frames[at] = Changed(dice, frames[at]);
        }

        return frames;
    }

    private static byte[] Changed(Dice dice, byte[] frame) => frame.Length < 5 ? frame : dice.Below(5) switch
    {
        0 => SmallLedger.FrameOf((FrameType)frame[4], dice.Change(frame[5..Math.Min(frame.Length, 200)])),
        1 => SmallLedger.FrameOf((FrameType)dice.Below(256), frame[5..]),
        2 => SmallLedger.FrameOfPiece(dice.Any([0, 2, 3, 100, int.MaxValue]), (PieceCoding)dice.Below(5), dice.Bytes(dice.Below(100))),
        3 => dice.Bytes(dice.Below(40)),
        _ => SmallLedger.FrameOf((FrameType)frame[4], dice.Change(frame[5..])),
    };

    private static int CountOf(List<byte[]> frames, long bytes) => frames.TakeWhile(f => (bytes -= f.Length) >= 0).Count();

    /// <summary>Needs all that is listed, as soon as it is.</summary>
    private sealed class Needing(PieceInventory inventory, Receiver receiver) : IPieceTaker
    {
        public void Take(PieceBuffer buffer, int piece, PieceCoding coding, int at)
        {
            lock (inventory.Gate)
                for (int each = 0; inventory.HasBegun && each < inventory.Catalog.Pieces; each++)
                    if (!inventory.Here.Contains(each)) receiver.AddNeed(each);
            receiver.Take(buffer, piece, coding, at);
        }

        public void Notify() => receiver.Notify();
    }
}
