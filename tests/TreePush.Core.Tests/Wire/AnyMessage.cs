using System.Text.Json;
using TreePush.Core.Manifests;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

/// <summary>Messages of every type, from a seed: small numbers and huge ones, empty lists and long ones.</summary>
internal sealed class AnyMessage(Random random)
{
    private static readonly JsonSerializerOptions WithTuples = new() { IncludeFields = true };

    /// <summary>One of each type.</summary>
    public IEnumerable<ControlMessage> Control() =>
    [
        new ControlMessage.Start(Any<RelayRole>(), Bytes(16), Text(), Bytes(32)) { Options = Options() },
        new ControlMessage.Attach(Count(), List(9, Endpoint), Bytes(91), Bytes(32), List(4, () => Bytes(91))) { Source = Place() },
        new ControlMessage.Want(Ranges()),
        new ControlMessage.Promote(Ranges(), List(4, () => Bytes(91))),
        new ControlMessage.Trust(List(4, () => Bytes(91))),
        new ControlMessage.Alive(),
        new ControlMessage.Ready(Port(), Bytes(91), List(9, () => $"10.0.0.{random.Next(256)}"), Place()),
        new ControlMessage.SourceScanned(Count(), Number()) { Skipped = Count(), Unread = Count() },
        new ControlMessage.Linked(Count()),
        new ControlMessage.LinkLost(Count(), Any<LinkFault>(), Text()),
        new ControlMessage.Scanned(new Need(Count(), Number(), Count(), Count())) { IsWhole = Flag() },
        new ControlMessage.Progress(Number(), Number(), Number(), List(20, () => new LinkProgress(Count(), Number(), Number(), Number()))) { At = Count(), Burst = Number(), Pages = Number(), Stalled = Count() },
        new ControlMessage.Delivered(new Receipt(Count(), Number(), Number(), Number(), Count(), Count(), Text())),
        new ControlMessage.Failed(Any<RelayFault>(), Flag(), Text()),
        new ControlMessage.Wants(Ranges()),
        new ControlMessage.FileWarning(Text(), Text()),
        new ControlMessage.Lacking(Text()),
        new ControlMessage.Duplicate(Bytes(91)),
    ];

    /// <inheritdoc cref="Control"/>
    public IEnumerable<LinkMessage> Link() =>
    [
        new LinkMessage.Join(Count(), Bytes(16), Count(), Bytes(32), List(5, Number)),
        new LinkMessage.Need(Ranges()),
        new LinkMessage.Welcome(List(5, Number)),
        new LinkMessage.Farewell(Text()),
        new LinkMessage.Alive(),
    ];

    public PieceRange[] Ranges()
    {
        var ranges = new PieceRange[random.Next(30)];
        long end = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            ranges[i] = new PieceRange(end + random.Next(i + 1), 1 + random.Next(1 << random.Next(24)));
            end = ranges[i].End;
        }

        return ranges;
    }

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>All that is in a message, its type included, to be compared.</summary>
    public static string Show(object message) => message.GetType().Name + JsonSerializer.Serialize(message, message.GetType(), WithTuples);

    private RelayOptions Options() => new()
    {
        Delete = Flag(),
        MaxDelete = Flag() ? Count() : null,
        OneFileSystem = Flag(),
        Compress = Flag(),
        Checksum = Flag(),
        Force = Flag(),
        Owner = Flag(),
        DryRun = Flag(),
        Plain = Flag(),
        NoFsync = Flag(),
        BandwidthLimit = Number(),
        FirstPort = Port() / 2,
        LastPort = 40_000 + (Port() / 4),
        Hosts = Count(),
        ProgressEvery = 1 + (Count() / 2),
        Rules = List(9, () => (Flag(), Text())),
    };

    private TreePlace Place() => new(Text(), Flag(), List(9, () => new FileIdentity((ulong)random.NextInt64() * 2, (ulong)Number())));

    private Endpoint Endpoint() => new(Text(), Port(), Any<EndpointKind>());

    private int Port() => random.Next(65536);

    private int Count() => random.Next(3) == 0 ? int.MaxValue - random.Next(2) : random.Next(300);

    private long Number() => random.Next(3) == 0 ? long.MaxValue - random.Next(2) : random.NextInt64() >> random.Next(63);

    private bool Flag() => random.Next(2) == 0;

    private string Text() => string.Concat(List(20, () => char.ConvertFromUtf32(random.Next(4) == 0 ? random.Next(0x10000, 0x110000) : random.Next(0xD800))));

    private T Any<T>() where T : struct, Enum => random.GetItems(Enum.GetValues<T>(), 1)[0];

    private T[] List<T>(int most, Func<T> item) => [.. Enumerable.Range(0, random.Next(most)).Select(_ => item())];
}
