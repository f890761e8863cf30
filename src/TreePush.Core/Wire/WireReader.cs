using System.Buffers.Binary;
using System.Text;

namespace TreePush.Core.Wire;

/// <summary>
/// Reads the fields of a message written by <see cref="WireWriter"/>. For any bytes it returns a value or throws a
/// <see cref="WireException"/>. It never allocates more than was received.
/// </summary>
public ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly int Left => _rest.Length;

    public byte Byte()
    {
        Want(1);
        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public bool Flag() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new WireException($"{other} is neither yes nor no"),
    };

    public uint Fixed()
    {
        Want(4);
        uint value = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[4..];
        return value;
    }

    public ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte group = Byte();
            if (shift == 63 && group > 1) throw new WireException("a number is too long");
            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80) return value;
        }
    }

    /// <summary>Reads a varint that is no greater than <paramref name="most"/>.</summary>
    public long Number(long most = long.MaxValue)
    {
        ulong value = Varint();
        if (value > (ulong)most) throw new WireException($"{value} is more than the {most} that are allowed here");
        return (long)value;
    }

    /// <summary>Reads a varint that is no greater than <paramref name="most"/>.</summary>
    public int Count(int most = int.MaxValue) => (int)Number(most);

    /// <summary>
    /// Reads the number of items that follow. Each item takes at least <paramref name="bytesOfEach"/> bytes, so there are never
    /// more items than the received bytes can hold.
    /// </summary>
    public int Items(int bytesOfEach, int most = int.MaxValue) => Count(Math.Min(most, Left / bytesOfEach));

    public long Zigzag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> Raw(int length)
    {
        Want(length);
        var value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }

    public ReadOnlySpan<byte> Bytes(int most = int.MaxValue) => Raw(Count(most));

    public ReadOnlySpan<byte> Rest()
    {
        var rest = _rest;
        _rest = default;
        return rest;
    }

    public string Text(int most = 1 << 16) => Encoding.UTF8.GetString(Bytes(most));

    /// <summary>Checks that nothing follows the last field of the message.</summary>
    public readonly void End()
    {
        if (!IsAtEnd) throw new WireException($"{_rest.Length} bytes too many");
    }

    private readonly void Want(int length)
    {
        if (length < 0 || length > _rest.Length) throw new WireException($"it ends {length - _rest.Length} bytes early");
    }
}
