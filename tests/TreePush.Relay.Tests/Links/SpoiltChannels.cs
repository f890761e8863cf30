using TreePush.Core.Syncing;

namespace TreePush.Relay.Tests.Links;

/// <summary>Streams from a parent, with bytes changed, dropped, doubled and swapped from seeds.</summary>
public sealed class SpoiltChannels
{
    [Fact]
    public void Whatever_comes_a_wrong_byte_never_gets_a_final_name()
    {
        using var ledger = new SmallLedger();
        byte[] right = ledger.Everything();
        for (int seed = 1; seed <= 60; seed++)
        {
            using var child = new Child(ledger).Knowing(ledger.Pages[..3]);
            var end = child.Hear(Spoil(new Random(seed), right));
            end.Fault.Should().BeOneOf(LinkFault.Closed, LinkFault.Corrupt);
            end.Message.Should().NotBeEmpty();
            if (child.FilesThere.Contains("f")) child.Read("f").Should().Equal(ledger.Content, "of seed {0}", seed);
            child.FilesThere.Should().BeSubsetOf(["f", ".f.treepush-part"], "of seed {0}", seed);
        }
    }

    private static byte[] Spoil(Random random, byte[] right)
    {
        List<byte> bytes = [.. right];
        for (int i = random.Next(4); i >= 0; i--)
        {
            int at = random.Next(3) == 0 ? random.Next(Math.Min(600, bytes.Count)) : random.Next(bytes.Count);
            int length = Math.Min(random.Next(1 << random.Next(12)), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }

        return [.. bytes];
    }
}
