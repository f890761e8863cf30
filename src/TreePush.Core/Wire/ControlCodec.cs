using TreePush.Core.Manifests;
using TreePush.Core.Syncing;

namespace TreePush.Core.Wire;

/// <summary>Encodes and decodes control messages as payloads of frames. Any bytes decode to a message or a <see cref="WireException"/>.</summary>
public static class ControlCodec
{
    private const int MostKey = 1024;
    private const int MostKeys = LedgerFrame.MostSigners;
    private const int MostAddresses = 1000;
    private const int MostAncestors = 4096;

    /// <summary>Writes the payload.</summary>
    /// <returns>The type of the frame.</returns>
    public static FrameType Write(WireWriter writer, ControlMessage message)
    {
        switch (message)
        {
            case ControlMessage.Start m: StartCodec.Write(writer, m); return FrameType.Start;
            case ControlMessage.Attach m: Write(writer, m); return FrameType.Attach;
            case ControlMessage.Want m: PieceRange.Write(writer, m.Entries); return FrameType.Want;
            case ControlMessage.Promote m: PieceRange.Write(writer, m.Wanted); Write(writer, m.Signers); return FrameType.Promote;
            case ControlMessage.Trust m: Write(writer, m.Signers); return FrameType.Trust;
            case ControlMessage.Alive: return FrameType.Alive;
            case ControlMessage.Ready m: Write(writer, m); return FrameType.Ready;
            case ControlMessage.SourceScanned m: writer.Varint(m.Entries); writer.Varint(m.Bytes); writer.Varint(m.Skipped); writer.Varint(m.Unread); return FrameType.SourceScanned;
            case ControlMessage.Linked m: writer.Varint(m.Link); return FrameType.Linked;
            case ControlMessage.LinkLost m: writer.Varint(m.Link); writer.Byte((byte)m.Fault); writer.Text(m.Message); return FrameType.LinkLost;
            case ControlMessage.Scanned m: Write(writer, m.Need); writer.Flag(m.IsWhole); return FrameType.Scanned;
            case ControlMessage.Progress m: Write(writer, m); return FrameType.Progress;
            case ControlMessage.Delivered m: Write(writer, m.Receipt); return FrameType.Delivered;
            case ControlMessage.Failed m: writer.Byte((byte)m.Fault); writer.Flag(m.CanServe); writer.Text(m.Message); return FrameType.Failed;
            case ControlMessage.Wants m: PieceRange.Write(writer, m.Entries); return FrameType.Wants;
            case ControlMessage.FileWarning m: writer.Text(m.Path); writer.Text(m.Message); return FrameType.FileWarning;
            case ControlMessage.Lacking m: writer.Text(m.Message); return FrameType.Lacking;
            case ControlMessage.Duplicate m: writer.Bytes(m.Key); return FrameType.Duplicate;
            default: throw new ArgumentOutOfRangeException(nameof(message));
        }
    }

    /// <exception cref="WireException">The payload is not valid for this type.</exception>
    public static ControlMessage Read(FrameType type, ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        ControlMessage message = type switch
        {
            FrameType.Start => StartCodec.Read(ref reader),
            FrameType.Attach => ReadAttach(ref reader),
            FrameType.Want => new ControlMessage.Want(PieceRange.Read(ref reader)),
            FrameType.Promote => new ControlMessage.Promote(PieceRange.Read(ref reader), ReadKeys(ref reader)),
            FrameType.Trust => new ControlMessage.Trust(ReadKeys(ref reader)),
            FrameType.Alive => new ControlMessage.Alive(),
            FrameType.Ready => ReadReady(ref reader),
            FrameType.SourceScanned => new ControlMessage.SourceScanned(reader.Count(), reader.Number()) { Skipped = reader.Count(), Unread = reader.Count() },
            FrameType.Linked => new ControlMessage.Linked(reader.Count()),
            FrameType.LinkLost => new ControlMessage.LinkLost(reader.Count(), Known<LinkFault>(reader.Byte()), reader.Text()),
            FrameType.Scanned => new ControlMessage.Scanned(new Need(reader.Count(), reader.Number(), reader.Count(), reader.Count())) { IsWhole = reader.Flag() },
            FrameType.Progress => ReadProgress(ref reader),
            FrameType.Delivered => new ControlMessage.Delivered(ReadReceipt(ref reader)),
            FrameType.Failed => new ControlMessage.Failed(Known<RelayFault>(reader.Byte()), reader.Flag(), reader.Text()),
            FrameType.Wants => new ControlMessage.Wants(PieceRange.Read(ref reader)),
            FrameType.FileWarning => new ControlMessage.FileWarning(reader.Text(), reader.Text()),
            FrameType.Lacking => new ControlMessage.Lacking(reader.Text()),
            FrameType.Duplicate => new ControlMessage.Duplicate(reader.Bytes(MostKey).ToArray()),
            _ => throw new WireException($"{(byte)type} is no type of control message"),
        };
        reader.End();
        return message;
    }

    internal static T Known<T>(byte value) where T : struct, Enum
    {
        var known = (T)Enum.ToObject(typeof(T), value);
        return Enum.IsDefined(known) ? known : throw new WireException($"{value} is no {typeof(T).Name}");
    }

    private static void Write(WireWriter writer, ControlMessage.Attach m)
    {
        writer.Varint(m.Link);
        writer.Varint(m.Endpoints.Count);
        foreach (var endpoint in m.Endpoints)
        {
            writer.Byte((byte)endpoint.Kind);
            writer.Text(endpoint.Host);
            writer.Varint(endpoint.Port);
        }

        writer.Bytes(m.ParentKey);
        writer.Bytes(m.Token);
        Write(writer, m.Signers);
        Write(writer, m.Source);
    }

    private static ControlMessage.Attach ReadAttach(ref WireReader reader)
    {
        int link = reader.Count();
        var endpoints = new Endpoint[reader.Items(bytesOfEach: 3, MostAddresses)];
        for (int i = 0; i < endpoints.Length; i++) endpoints[i] = ReadEndpoint(ref reader);
        byte[] parent = reader.Bytes(MostKey).ToArray(), token = reader.Bytes(LinkToken.Size).ToArray();
        return new ControlMessage.Attach(link, endpoints, parent, token, ReadKeys(ref reader)) { Source = ReadPlace(ref reader) };
    }

    private static Endpoint ReadEndpoint(ref WireReader reader)
    {
        var kind = Known<EndpointKind>(reader.Byte());
        return new Endpoint(reader.Text(), reader.Count(65535), kind);
    }

    private static void Write(WireWriter writer, IReadOnlyList<byte[]> keys)
    {
        writer.Varint(keys.Count);
        foreach (byte[] key in keys) writer.Bytes(key);
    }

    private static byte[][] ReadKeys(ref WireReader reader)
    {
        var keys = new byte[reader.Items(bytesOfEach: 1, MostKeys)][];
        for (int i = 0; i < keys.Length; i++) keys[i] = reader.Bytes(MostKey).ToArray();
        return keys;
    }

    private static void Write(WireWriter writer, ControlMessage.Ready m)
    {
        writer.Varint(m.Port);
        writer.Bytes(m.Key);
        writer.Varint(m.Addresses.Count);
        foreach (string address in m.Addresses) writer.Text(address);
        Write(writer, m.Tree);
    }

    private static ControlMessage.Ready ReadReady(ref WireReader reader)
    {
        int port = reader.Count(65535);
        byte[] key = reader.Bytes(MostKey).ToArray();
        var addresses = new string[reader.Items(bytesOfEach: 1, MostAddresses)];
        for (int i = 0; i < addresses.Length; i++) addresses[i] = reader.Text(256);
        return new ControlMessage.Ready(port, key, addresses, ReadPlace(ref reader));
    }

    private static void Write(WireWriter writer, TreePlace place)
    {
        writer.Text(place.Machine);
        writer.Flag(place.Exists);
        writer.Varint(place.Ancestry.Count);
        foreach (var directory in place.Ancestry)
        {
            writer.Varint(directory.Device);
            writer.Varint(directory.Inode);
        }
    }

    private static TreePlace ReadPlace(ref WireReader reader)
    {
        string machine = reader.Text(256);
        bool exists = reader.Flag();
        var ancestry = new FileIdentity[reader.Items(bytesOfEach: 2, MostAncestors)];
        for (int i = 0; i < ancestry.Length; i++) ancestry[i] = new FileIdentity(reader.Varint(), reader.Varint());
        return new TreePlace(machine, exists, ancestry);
    }

    private static void Write(WireWriter writer, Need need)
    {
        writer.Varint(need.Files);
        writer.Varint(need.Bytes);
        writer.Varint(need.Changes);
        writer.Varint(need.Deletions);
    }

    private static void Write(WireWriter writer, ControlMessage.Progress m)
    {
        writer.Varint(m.At);
        writer.Varint(m.Have);
        writer.Varint(m.Needed);
        writer.Varint(m.Received);
        writer.Varint(m.Burst);
        writer.Varint(m.Pages);
        writer.Varint(m.Stalled);
        writer.Varint(m.Children.Count);
        foreach (var child in m.Children)
        {
            writer.Varint(child.Link);
            writer.Varint(child.Sent);
            writer.Varint(child.Backlog);
            writer.Varint(child.Remaining);
        }
    }

    private static ControlMessage.Progress ReadProgress(ref WireReader reader)
    {
        int at = reader.Count();
        long have = reader.Number(), needed = reader.Number(), received = reader.Number(), burst = reader.Number(), pages = reader.Number();
        int stalled = reader.Count();
        var children = new LinkProgress[reader.Items(bytesOfEach: 4)];
        for (int i = 0; i < children.Length; i++) children[i] = new LinkProgress(reader.Count(), reader.Number(), reader.Number(), reader.Number());
        return new ControlMessage.Progress(have, needed, received, children) { At = at, Burst = burst, Pages = pages, Stalled = stalled };
    }

    private static void Write(WireWriter writer, Receipt receipt)
    {
        writer.Varint(receipt.Entries);
        writer.Varint(receipt.Bytes);
        writer.Varint(receipt.Received);
        writer.Varint(receipt.Sent);
        writer.Varint(receipt.Written);
        writer.Varint(receipt.Deleted);
        writer.Text(receipt.Digest);
    }

    private static Receipt ReadReceipt(ref WireReader reader) =>
        new(reader.Count(), reader.Number(), reader.Number(), reader.Number(), reader.Count(), reader.Count(), reader.Text(256));
}
