using TreePush.Core.Syncing;

namespace TreePush.Core.Wire;

/// <summary>
/// Encodes and decodes the first message to a relay. It begins with the protocol version, so that the refusal of another version
/// can name it.
/// </summary>
internal static class StartCodec
{
    private const int MostRules = 10_000;

    public static void Write(WireWriter writer, ControlMessage.Start m)
    {
        writer.Varint(ProtocolVersion.Current);
        writer.Byte((byte)m.Role);
        writer.Raw(m.Run);
        writer.Text(m.Path);
        writer.Raw(m.Secret);
        var o = m.Options;
        foreach (bool flag in new[] { o.Delete, o.Compress, o.Checksum, o.Force, o.Owner, o.DryRun, o.OneFileSystem, o.Plain, o.NoFsync }) writer.Flag(flag);
        writer.Varint(o.MaxDelete is { } most ? 1L + most : 0);
        writer.Varint(o.BandwidthLimit);
        writer.Varint(o.FirstPort);
        writer.Varint(o.LastPort);
        writer.Varint(o.Hosts);
        writer.Varint(o.ProgressEvery);
        writer.Varint(o.Rules.Count);
        foreach (var (include, pattern) in o.Rules)
        {
            writer.Flag(include);
            writer.Text(pattern);
        }
    }

    public static ControlMessage.Start Read(ref WireReader reader)
    {
        int version = reader.Count();
        if (version != ProtocolVersion.Current) throw new WireException($"the controller speaks version {version} of the protocol, this relay version {ProtocolVersion.Current}");
        var role = ControlCodec.Known<RelayRole>(reader.Byte());
        byte[] run = reader.Raw(ControlMessage.Start.RunSize).ToArray();
        string path = reader.Text();
        byte[] secret = reader.Raw(LinkToken.SecretSize).ToArray();
        return new ControlMessage.Start(role, run, path, secret) { Options = ReadOptions(ref reader) };
    }

    private static RelayOptions ReadOptions(ref WireReader reader)
    {
        var options = new RelayOptions
        {
            Delete = reader.Flag(),
            Compress = reader.Flag(),
            Checksum = reader.Flag(),
            Force = reader.Flag(),
            Owner = reader.Flag(),
            DryRun = reader.Flag(),
            OneFileSystem = reader.Flag(),
            Plain = reader.Flag(),
            NoFsync = reader.Flag(),
            MaxDelete = reader.Number() is var limit and > 0 ? (int)Math.Min(limit - 1, int.MaxValue) : null,
            BandwidthLimit = reader.Number(),
            FirstPort = reader.Count(65535),
            LastPort = reader.Count(65535),
            Hosts = reader.Count(),
            ProgressEvery = reader.Count(),
        };
        if (options.FirstPort > options.LastPort) throw new WireException($"ports {options.FirstPort} to {options.LastPort} are none");
        if (options.ProgressEvery == 0) throw new WireException("progress can't be told all the time");
        var rules = new (bool, string)[reader.Items(bytesOfEach: 2, MostRules)];
        for (int i = 0; i < rules.Length; i++) rules[i] = (reader.Flag(), reader.Text());
        return options with { Rules = rules };
    }
}
