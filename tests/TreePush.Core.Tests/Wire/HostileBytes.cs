using TreePush.Core.Manifests;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

/// <summary>Whatever comes, it is a value or a <see cref="WireException"/>, and costs about as much as came.</summary>
public sealed class HostileBytes
{
    private delegate void Reading(ReadOnlySpan<byte> bytes);

    [Fact]
    public void Changed_messages_are_messages_or_none()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            foreach (var (type, payload) in Written(random))
                for (int i = 0; i < 10; i++) ReadAll(type, Change(random, payload), seed);
        }
    }

    [Fact]
    public void Random_bytes_are_messages_or_none()
    {
        for (int seed = 1; seed <= 3000; seed++)
        {
            var random = new Random(seed);
            byte[] bytes = new byte[random.Next(1 << random.Next(12))];
            random.NextBytes(bytes);
            ReadAll((FrameType)random.Next(256), bytes, seed);
        }
    }

    [Fact]
    public void Huge_numbers_of_things_make_no_room_for_them()
    {
        foreach (var type in Enum.GetValues<FrameType>())
            for (int at = 0; at < 120; at++)
            {
                byte[] bytes = [.. new byte[at], 0xFF, 0xFF, 0xFF, 0xFF, 0x07, .. new byte[40]];
                ReadAll(type, bytes, at);
            }
    }

    private static IEnumerable<(FrameType Type, byte[] Payload)> Written(Random random)
    {
        var messages = new AnyMessage(random);
        foreach (var message in messages.Control())
        {
            var writer = new WireWriter();
            yield return (ControlCodec.Write(writer, message), writer.Written.ToArray());
        }

        foreach (var message in messages.Link())
        {
            var writer = new WireWriter();
            yield return (LinkCodec.Write(writer, message), writer.Written.ToArray());
        }
    }

    private static byte[] Change(Random random, byte[] payload)
    {
        byte[] bytes = [.. payload];
        for (int i = random.Next(4); i >= 0 && bytes.Length > 0; i--) bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? 0xFF : random.Next(256));
        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }

    private static void ReadAll(FrameType type, byte[] bytes, int seed)
    {
        Try($"control {type} of {seed}", bytes, b => ControlCodec.Read(type, b));
        Try($"link {type} of {seed}", bytes, b => LinkCodec.Read(type, b));
        Try($"page of {seed}", bytes, b => LedgerFrame.Read(b.ToArray()));
        Try($"piece of {seed}", bytes, b => PieceFrame.ReadHeader(b));
        Try($"entry of {seed}", bytes, b =>
        {
            var reader = new WireReader(b);
            EntryCodec.Read(ref reader, "a/path"u8);
        });
        if (bytes.Length >= Frame.HeaderSize) Try($"frame of {seed}", bytes, b => Frame.ReadHeader(b));
    }

    private static void Try(string what, byte[] bytes, Reading read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(bytes);
        }
        catch (WireException)
        {
            // That is what it is for; anything else fails the test.
        }

        long cost = GC.GetAllocatedBytesForCurrentThread() - before;
        if (cost > 16_384 + (bytes.Length * 32)) Assert.Fail($"{what} took {cost} bytes for the {bytes.Length} that came");
    }
}
