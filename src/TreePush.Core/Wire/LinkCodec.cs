namespace TreePush.Core.Wire;

/// <summary>Encodes and decodes link messages as payloads of frames.</summary>
public static class LinkCodec
{
    public static FrameType Write(WireWriter writer, LinkMessage message)
    {
        switch (message)
        {
            case LinkMessage.Join m: Write(writer, m); return FrameType.Join;
            case LinkMessage.Need m: PieceRange.Write(writer, m.Pieces); return FrameType.Need;
            case LinkMessage.Welcome m: Write(writer, m.Known); return FrameType.Welcome;
            case LinkMessage.Farewell m: writer.Text(m.Reason); return FrameType.Farewell;
            case LinkMessage.Alive: return FrameType.Alive;
            default: throw new ArgumentOutOfRangeException(nameof(message));
        }
    }

    /// <exception cref="WireException">The payload is not valid for this type.</exception>
    public static LinkMessage Read(FrameType type, ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        LinkMessage message = type switch
        {
            FrameType.Join => ReadJoin(ref reader),
            FrameType.Need => new LinkMessage.Need(PieceRange.Read(ref reader)),
            FrameType.Welcome => new LinkMessage.Welcome(ReadKnown(ref reader)),
            FrameType.Farewell => new LinkMessage.Farewell(reader.Text()),
            FrameType.Alive => new LinkMessage.Alive(),
            _ => throw new WireException($"{(byte)type} is no type of link message"),
        };
        reader.End();
        return message;
    }

    private static void Write(WireWriter writer, LinkMessage.Join m)
    {
        writer.Varint(m.Version);
        writer.Raw(m.Run);
        writer.Varint(m.Link);
        writer.Raw(m.Token);
        Write(writer, m.Known);
    }

    private static void Write(WireWriter writer, IReadOnlyList<long> known)
    {
        writer.Varint(known.Count);
        foreach (long count in known) writer.Varint(count);
    }

    private static long[] ReadKnown(ref WireReader reader)
    {
        var known = new long[reader.Items(bytesOfEach: 1, LedgerFrame.MostSigners)];
        for (int i = 0; i < known.Length; i++) known[i] = reader.Number();
        return known;
    }

    private static LinkMessage.Join ReadJoin(ref WireReader reader)
    {
        int version = reader.Count();
        byte[] run = reader.Raw(ControlMessage.Start.RunSize).ToArray();
        int link = reader.Count();
        byte[] token = reader.Raw(LinkToken.Size).ToArray();
        return new LinkMessage.Join(version, run, link, token, ReadKnown(ref reader));
    }
}
