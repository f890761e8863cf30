using TreePush.Core.Wire;

namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>All that an adversary leaves to chance, from a seed.</summary>
internal sealed class Dice(int seed)
{
    private static readonly byte[] Interesting = [0, 1, 2, 0x2e, 0x2f, 0x7f, 0x80, 0xfe, 0xff];

    private static readonly string[] Names =
    [
        "a", "b", "c", "d", "a/b", "a/b/c", "l", "l/x", "l/a/b", "k", "", ".", "..", "../x", "a/..", "a/../../x", "/", "/x", "//", "a//b", "a/", "./a",
        ".a.treepush-part", ".b.treepush-part", "a\0b", "~", "~root", "-rf", "\n", "\u00e9",
    ];

    private readonly Random _random = new(seed);

    public int Below(int most) => _random.Next(most);

    /// <summary>True once in so many times.</summary>
    public bool Once(int of) => _random.Next(of) == 0;

    public T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    /// <summary>A path or name, good or evil.</summary>
    public byte[] Name()
    {
        if (Once(40)) return [.. Enumerable.Repeat((byte)'x', Any([255, 256, 300, 4096, 5000]))];
        byte[] name = System.Text.Encoding.UTF8.GetBytes(Any(Names));
        return Once(10) ? [.. name, (byte)'/', .. System.Text.Encoding.UTF8.GetBytes(Any(Names))] : name;
    }

    /// <summary>Leads out of a directory, and is so long that what is put beside its place has another name.</summary>
    public byte[] LongWayOut() => System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("./", 122)) + Any(["../x", "../../x", "x"]));

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Changes bytes, drops, doubles and inserts some.</summary>
    public byte[] Change(byte[] right)
    {
        List<byte> bytes = [.. right];
        for (int i = Below(3); i >= 0; i--)
        {
            int at = Below(bytes.Count + 1), length = Math.Min(Below(1 << Below(7)), bytes.Count - at);
            switch (Below(7))
            {
                case 0 when at < bytes.Count: bytes[at] = Any(Interesting); break;
                case 1 when at < bytes.Count: bytes[at] ^= (byte)(1 << Below(8)); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 4: bytes.InsertRange(at, Name()); break;
                case 5: bytes.InsertRange(at, Number()); break;
                case 6: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A number as it travels, near a limit of some kind.</summary>
    private byte[] Number()
    {
        var writer = new WireWriter();
        writer.Varint(Any([0L, 1, 127, 128, 1 << 16, 1 << 22, (1 << 28) - 1, 1 << 28, 1 << 30, int.MaxValue, 1L << 52, long.MaxValue]));
        return writer.Written.ToArray();
    }
}
