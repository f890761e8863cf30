using System.Buffers.Binary;

namespace TreePush.Core.Wire;

/// <summary>
/// The header of a frame: four bytes for the length of what follows them (big-endian), and one byte for the type, which the
/// length includes. The format is the same on the control channel and on links. docs/protocol.md has the full description.
/// </summary>
public static class Frame
{
    /// <summary>The size of the header, in bytes.</summary>
    public const int HeaderSize = 5;

    /// <summary>The longest payload, in bytes: the largest piece, with room for its header.</summary>
    public const int MostPayload = (4 << 20) + (64 << 10);

    public static void WriteHeader(Span<byte> header, FrameType type, int payload)
    {
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)payload + 1);
        header[4] = (byte)type;
    }

    /// <returns>The frame's type, and the length of its payload in bytes.</returns>
    /// <exception cref="WireException">The length is not valid.</exception>
    public static (FrameType Type, int Payload) ReadHeader(ReadOnlySpan<byte> header)
    {
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length is 0 or > MostPayload + 1) throw new WireException($"a frame of {length} bytes is not possible");
        return ((FrameType)header[4], (int)length - 1);
    }
}
