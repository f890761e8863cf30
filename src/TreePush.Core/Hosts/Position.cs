using System.Buffers.Binary;

namespace TreePush.Core.Hosts;

/// <summary>
/// Sixteen bytes of an address or a name as a number: the smaller the difference of two (<c>^</c>), the more leading bits
/// they have in common. (Not a UInt128: code that touches one is not compiled ahead.)
/// </summary>
public readonly record struct Position(ulong High, ulong Low) : IComparable<Position>
{
    /// <summary>The first sixteen of the bytes, with zeros behind fewer.</summary>
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
