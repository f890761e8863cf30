using System.Buffers.Binary;

namespace TreePush.Core.Hosts;

/// <summary>
/// The first sixteen bytes of an address or a name, as a number. The smaller the difference (<c>^</c>) of two positions, the more
/// leading bits they have in common. It is not a UInt128, because ReadyToRun does not compile methods that use UInt128, and the
/// runtime would compile them at each start.
/// </summary>
public readonly record struct Position(ulong High, ulong Low) : IComparable<Position>
{
    /// <summary>Returns the position of the first sixteen bytes. Fewer bytes are padded with zeros.</summary>
    public static Position Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> sixteen = stackalloc byte[16];
        sixteen.Clear();
        bytes[..Math.Min(16, bytes.Length)].CopyTo(sixteen);
        return new Position(BinaryPrimitives.ReadUInt64BigEndian(sixteen), BinaryPrimitives.ReadUInt64BigEndian(sixteen[8..]));
    }

    public static Position operator ^(Position a, Position b) => new(a.High ^ b.High, a.Low ^ b.Low);

    public static bool operator <(Position a, Position b) => a.CompareTo(b) < 0;

    public static bool operator >(Position a, Position b) => a.CompareTo(b) > 0;

    public static bool operator <=(Position a, Position b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Position a, Position b) => a.CompareTo(b) >= 0;

    public int CompareTo(Position other) => High.CompareTo(other.High) is not 0 and var byHigh ? byHigh : Low.CompareTo(other.Low);
}
