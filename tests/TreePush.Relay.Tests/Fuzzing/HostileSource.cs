using TreePush.Core.Manifests;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Relay.Control;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Targets;

namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>A source whose signatures are right, and that says whatever it likes: the ledger is changed before it is signed.</summary>
public sealed class HostileSource : IDisposable
{
    private static readonly byte[] Run = new byte[16];

    private readonly RelayIdentity _identity = new();
    private readonly Fence _fence = new();

    [Fact]
    public void Whatever_a_source_signs_nothing_is_written_outside_of_DEST()
    {
        Inputs.Give(Converse);
        _fence.Writes.Should().BePositive("the fence sees calls");
    }

    public void Dispose()
    {
        _fence.Dispose();
        _identity.Dispose();
    }

    private int Converse(int seed)
    {
        var dice = new Dice(seed);
        var inventory = new PieceInventory();
        var start = new ControlMessage.Start(dice.Once(8) ? RelayRole.Mirror : RelayRole.Target, Run, _fence.NewDestination(dice), new byte[32]) { Options = Options(dice) };
        using var target = new TargetRun(start, PathFilter.Everything, inventory, new FreshPieces(), new ControlChannel(Stream.Null, Stream.Null));
        using var reader = new LedgerReader(Run, inventory);
        reader.Trust([_identity.PublicKey]);
        target.KnowSource(TreePlace.Unknown);
        var work = new TargetThread(target);
        int inputs = 0, number = 0;
        foreach (var (kind, body) in new LedgerOfLies(dice, inventory).Pages())
        {
            byte[] page = Sign(number, kind, body);
            bool isTaken = false;
            Inputs.Bounded(page.Length + (64 << 10), () => isTaken = IsTaken(() => reader.Take(page)));
            inputs++;
            if (isTaken) number++;
            if (dice.Once(4)) inputs += GivePieces(dice, inventory, target, work);
        }

        inputs += GivePieces(dice, inventory, target, work);
        work.End();
        target.Dispose();
        target.CloseTree();
        _fence.RemoveDestination();
        return inputs;
    }

    private static RelayOptions Options(Dice dice) => new()
    {
        Delete = dice.Once(2),
        Force = dice.Once(2),
        Checksum = dice.Once(4),
        DryRun = dice.Once(10),
    };

    /// <summary>Gives what is hashed; all of it is zeros.</summary>
    private static int GivePieces(Dice dice, PieceInventory inventory, TargetRun target, TargetThread work)
    {
        work.Settle();
        var pool = new PieceBufferPool();
        int given = 0, pieces;
        lock (inventory.Gate) pieces = inventory.HasBegun ? Math.Min(inventory.Catalog.Pieces, 40) : 0;
        for (int piece = 0; piece < pieces; piece++, given++)
        {
            var buffer = pool.Rent(64);
            int at = piece;
            IsTaken(() => target.Take(buffer, dice.Once(20) ? dice.Below(1000) : at, dice.Once(20) ? PieceCoding.Raw : PieceCoding.Zero, buffer.Length));
        }

        target.Notify();
        work.Settle();
        return given;
    }

    /// <returns>False where it was refused in one of the ways that are foreseen.</returns>
    private static bool IsTaken(Action take)
    {
        try
        {
            take();
            return true;
        }
        catch (Exception e) when (e is WireException or LinkException or LedgerConflictException or RelayFaultException)
        {
            return false;
        }
    }

    private byte[] Sign(long number, LedgerKind kind, byte[] body)
    {
        byte[] signature = _identity.Sign(LedgerFrame.Digest(Run, 0, number, kind, body));
        var writer = new WireWriter();
        new LedgerFrame(0, number, kind, signature, body).Write(writer);
        return writer.Written.ToArray();
    }
}
