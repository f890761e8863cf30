using System.Buffers.Binary;

namespace TreePush.Core.Wire;

/// <summary>
/// How a frame begins: four bytes for the length of what follows them (big-endian), one for its type, which the length
/// counts. The same on the control channel and on links. docs/protocol.md says it in full.
/// </summary>
public static class Frame
{
    /// <summary>Bytes in front of the payload.</summary>
    public const int HeaderSize = 5;

    /// <summary>The longest payload: the largest piece with room for what goes with it.</summary>
    public const int MostPayload = (4 << 20) + (64 << 10);

    public static void WriteHeader(Span<byte> header, FrameType type, int payload)
    {
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)payload + 1);
        header[4] = (byte)type;
    }

    /// <returns>The frame's type, and how many bytes of payload follow.</returns>
    /// <exception cref="WireException">The length is none that a frame can have.</exception>
    public static (FrameType Type, int Payload) ReadHeader(ReadOnlySpan<byte> header)
    {
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length is 0 or > MostPayload + 1) throw new WireException($"a frame of {length} bytes is not possible");
        return ((FrameType)header[4], (int)length - 1);
    }
}
