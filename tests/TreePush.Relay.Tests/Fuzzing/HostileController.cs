using System.Text;
using TreePush.Core.Manifests;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Relay.Control;
using TreePush.Relay.Files;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Tests.Links;

namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>A controller that makes no sense. (It may run what it likes on the host; but a relay must end with a word, not by an accident.)</summary>
public sealed class HostileController : IDisposable
{
    private readonly Fence _fence = new();
    private readonly RelayIdentity _identity = new();

    [Fact]
    public void Whatever_a_controller_says_is_a_message_or_ends_the_relay_with_a_word()
    {
        Inputs.Give(Converse);
        _fence.Writes.Should().Be(0, "nothing is written before a source is known");
    }

    public void Dispose()
    {
        _fence.Dispose();
        _identity.Dispose();
    }

    private int Converse(int seed)
    {
        var dice = new Dice(seed);
        byte[] bytes = [.. Enumerable.Range(0, 20).SelectMany(_ => Frame(dice))];
        if (dice.Once(10)) bytes = dice.Change(bytes);
        var control = new ControlChannel(new MemoryStream(bytes), Stream.Null);
        int heard = 0;
        Inputs.Bounded(bytes.Length, () =>
        {
            try
            {
                for (; control.Receive() is { } message; heard++) Execute(message);
            }
            catch (WireException)
            {
                // The relay says Failed, and ends.
            }
        });
        return heard + 1;
    }

    private byte[] Frame(Dice dice)
    {
        var writer = new WireWriter();
        var type = ControlCodec.Write(writer, Message(dice));
        byte[] payload = writer.Written.ToArray();
        return SmallLedger.FrameOf(dice.Once(30) ? (FrameType)dice.Below(256) : type, dice.Once(6) ? dice.Change(payload) : payload);
    }

    private ControlMessage Message(Dice dice)
    {
        PieceRange[] ranges = dice.Once(2) ? [] : [new PieceRange(dice.Below(5), 1 + dice.Below(1 << dice.Below(30)))];
        byte[][] keys = [.. Enumerable.Range(0, dice.Below(3)).Select(_ => dice.Once(8) ? dice.Change(_identity.PublicKey) : _identity.PublicKey)];
        return dice.Below(6) switch
        {
            0 => new ControlMessage.Start(dice.Any([RelayRole.Mirror, RelayRole.Target]), new byte[16], Encoding.UTF8.GetString(dice.Name()), new byte[32])
            {
                Options = new RelayOptions { Rules = [.. Enumerable.Range(0, dice.Below(3)).Select(_ => (dice.Once(2), Encoding.UTF8.GetString(dice.Change("/a*[!b-d]**/?"u8.ToArray()))))] },
            },
            1 => new ControlMessage.Attach(dice.Below(9), [new Endpoint("10.0.0.1", 1)], _identity.PublicKey, dice.Bytes(32), keys) { Source = TreePlace.Unknown },
            2 => new ControlMessage.Want(ranges),
            3 => new ControlMessage.Promote(ranges, keys),
            4 => new ControlMessage.Trust(keys),
            _ => new ControlMessage.Alive(),
        };
    }

    /// <summary>What a relay does at once with what is in a message.</summary>
    private static void Execute(ControlMessage message)
    {
        switch (message)
        {
            case ControlMessage.Start start:
                _ = PathFilter.Parse(start.Options.Rules);
                Open(start.Path);
                break;
            case ControlMessage.Attach attach: Trust(attach.Signers); break;
            case ControlMessage.Trust trust: Trust(trust.Signers); break;
            case ControlMessage.Promote promote: Trust(promote.Signers); break;
        }
    }

    private static void Trust(IReadOnlyList<byte[]> keys)
    {
        using var reader = new LedgerReader(new byte[16], new PieceInventory());
        reader.Trust(keys);
    }

    private static void Open(string path)
    {
        try
        {
            using var tree = TargetTree.OpenAt(Encoding.UTF8.GetBytes(path), new TargetOptions(true, "f"u8.ToArray(), false));
        }
        catch (FileFaultException)
        {
            // The relay says Failed.
        }
    }
}
