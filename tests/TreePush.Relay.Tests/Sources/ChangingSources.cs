using TreePush.Core.Wire;
using TreePush.Relay.Tests.Files;

namespace TreePush.Relay.Tests.Sources;

/// <summary>A file changes at the source while the target compares it.</summary>
public sealed class ChangingSources : IDisposable
{
    private const int Size = 4 << 20;

    private readonly Workplace _place = new();
    private int _reads;

    [Theory]
    [InlineData(Size)]
    [InlineData(Size / 2)]
    public void File_that_is_replaced_while_it_is_compared_by_content_arrives_as_it_is_now(int newSize)
    {
        byte[] old = Bytes(Size, seed: 1), now = Bytes(newSize, seed: 2);
        _place.Make("source");
        _place.Make("target");
        File.WriteAllBytes(_place["source/f"], old);
        File.WriteAllBytes(_place["now"], now);
        old[0] ^= 1;
        File.WriteAllBytes(_place["target/f"], old);
        using var reading = new Watchpoint(_place.Source, (call, path) => call == "pread" ? ReplaceOnceTheTargetHasBegun() : 0);
        using var relays = new TwoRelays(_place.Source, _place.Target, new RelayOptions { Checksum = true });
        relays.Bring().Should().BeOfType<ControlMessage.Delivered>();
        File.ReadAllBytes(_place["target/f"]).Should().Equal(now);
        Directory.GetFiles(_place.Target).Should().HaveCount(1);
    }

    public void Dispose() => _place.Dispose();

    /// <summary>The thread that hashes reads on only when what it has read was compared, so that the target is at work on the file when it changes.</summary>
    private int ReplaceOnceTheTargetHasBegun()
    {
        if (Thread.CurrentThread.Name != "source" || ++_reads != 4) return 0;
        SpinWait.SpinUntil(() => File.Exists(_place["target/.f.treepush-part"]), TimeSpan.FromSeconds(20));
        File.Move(_place["now"], _place["source/f"], overwrite: true);
        return 0;
    }

    private static byte[] Bytes(int size, int seed)
    {
        byte[] bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
