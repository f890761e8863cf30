using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Bytes that the hosts' interfaces have carried, ssh and headers included.</summary>
internal sealed record Traffic(IReadOnlyList<long> Received, IReadOnlyList<long> Sent, long SentByController)
{
    public static Traffic Of(Fleet fleet) =>
        new([.. fleet.Hosts.Select(h => h.Network.BytesReceived)], [.. fleet.Hosts.Select(h => h.Network.BytesSent)], fleet.Controller.Network.BytesSent);

    public Traffic Since(Traffic before) => new(
        [.. Received.Zip(before.Received, (now, then) => now - then)],
        [.. Sent.Zip(before.Sent, (now, then) => now - then)],
        SentByController - before.SentByController);
}
