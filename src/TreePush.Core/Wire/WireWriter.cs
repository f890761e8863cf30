using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TreePush.Core.Wire;

/// <summary>
/// Writes the fields of a message: fixed numbers big-endian, varints in groups of seven bits from the lowest (LEB128), bytes and
/// UTF-8 text with their length as a varint in front.
/// </summary>
public sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public int Length => _buffer.WrittenCount;

    /// <summary>Discards what was written, but keeps the memory.</summary>
    public void Clear() => _buffer.ResetWrittenCount();

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Fixed(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    public void Varint(ulong value)
    {
        var span = _buffer.GetSpan(10);
        int at = 0;
        for (; value >= 0x80; value >>= 7) span[at++] = (byte)(value | 0x80);
        span[at++] = (byte)value;
        _buffer.Advance(at);
    }

    public void Varint(long value) => Varint((ulong)value);

    /// <summary>Writes a number that may be negative, in zigzag encoding, so that small numbers stay short.</summary>
    public void Zigzag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public void Raw(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Varint((ulong)bytes.Length);
        Raw(bytes);
    }

    public void Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));
}
