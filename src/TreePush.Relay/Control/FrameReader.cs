namespace TreePush.Relay.Control;

/// <summary>Reads frames from a stream with little traffic. Each frame gets memory of its own.</summary>
internal sealed class FrameReader(Stream stream)
{
    private readonly byte[] _header = new byte[Frame.HeaderSize];

    /// <returns>False if the stream ends between two frames.</returns>
    /// <exception cref="WireException">The stream ends within a frame, or the frame is not valid.</exception>
    public bool TryRead(out FrameType type, out ReadOnlyMemory<byte> payload)
    {
        (type, payload) = (default, default);
        int read = stream.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false);
        if (read == 0) return false;
        if (read < _header.Length) throw new WireException("the channel ended within a frame");
        (type, int length) = Frame.ReadHeader(_header);
        // The buffer grows as data arrives, because the length is only the sender's claim.
        var bytes = new MemoryStream(Math.Min(length, 1 << 16));
        var part = new byte[Math.Min(length, 1 << 16)];
        for (int left = length; left > 0; left -= read)
        {
            read = stream.Read(part, 0, Math.Min(left, part.Length));
            if (read == 0) throw new WireException("the channel ended within a frame");
            bytes.Write(part, 0, read);
        }

        payload = bytes.GetBuffer().AsMemory(0, length);
        return true;
    }
}
