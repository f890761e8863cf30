using System.Diagnostics;
using System.Net.Sockets;

namespace TreePush.Testing.Tests.Networks;

public sealed class LinkTests(PrivateFleet fleet) : IClassFixture<PrivateFleet>
{
    private const int Mebibyte = 1024 * 1024;

    [PrivateFleetFact]
    public async Task Cut_link_is_silent_for_new_connections()
    {
        await fleet[0].Network.CutLinkAsync();
        (await PrivateFleet.TryConnectAsync(fleet[1].Network, fleet[0].Network)).Should().BeNull();
        (await PrivateFleet.TryConnectAsync(fleet[0].Network, fleet[1].Network)).Should().BeNull();
        await fleet[0].Network.MendLinkAsync();
        (await PrivateFleet.TryConnectAsync(fleet[1].Network, fleet[0].Network)).Should().Be(SocketError.Success);
    }

    [PrivateFleetFact]
    public async Task Connection_over_a_cut_link_is_silent_and_goes_on_when_it_is_mended()
    {
        var (client, server) = await PrivateFleet.ConnectAsync(fleet[0].Network, fleet[1].Network);
        using (client)
        using (server)
        {
            await fleet[1].Network.CutLinkAsync();
            await client.SendAsync("late"u8.ToArray());
            (await PrivateFleet.IsSilentAsync(server)).Should().BeTrue();
            (await PrivateFleet.IsSilentAsync(client)).Should().BeTrue();
            await fleet[1].Network.MendLinkAsync();
            (await server.ReceiveAsync(new byte[10]).WaitAsync(Patience.Usual)).Should().Be(4);
        }
    }

    [PrivateFleetFact]
    public async Task Other_links_are_not_cut()
    {
        await fleet[0].Network.CutLinkAsync();
        (await PrivateFleet.TryConnectAsync(fleet[1].Network, fleet[2].Network)).Should().Be(SocketError.Success);
        await fleet[0].Network.MendLinkAsync();
    }

    [PrivateFleetFact]
    public async Task Interfaces_count_what_they_carry()
    {
        var (sent, received) = (fleet[0].Network.BytesSent, fleet[1].Network.BytesReceived);
        await CarryAsync(fleet[0].Network, fleet[1].Network, Mebibyte);
        (fleet[0].Network.BytesSent - sent).Should().BeInRange(Mebibyte, Mebibyte * 11 / 10);
        (fleet[1].Network.BytesReceived - received).Should().BeInRange(Mebibyte, Mebibyte * 11 / 10);
    }

    [PrivateFleetFact]
    public async Task Shaped_link_carries_no_more_than_it_is_told_to_in_both_directions()
    {
        await fleet[0].Network.ShapeAsync("20mbit");
        foreach (var (from, to) in new[] { (fleet[0], fleet[1]), (fleet[1], fleet[0]) })
        {
            var time = await CarryAsync(from.Network, to.Network, Mebibyte);
            (Mebibyte * 8 / time.TotalSeconds / 1e6).Should().BeLessThan(40, "a busy machine may be slower, never faster");
        }

        await fleet[0].Network.UnshapeAsync();
    }

    /// <returns>The time that it took.</returns>
    private static async Task<TimeSpan> CarryAsync(MachineNetwork from, MachineNetwork to, int bytes)
    {
        var (sender, receiver) = await PrivateFleet.ConnectAsync(from, to);
        using (receiver)
        {
            var watch = Stopwatch.StartNew();
            var sending = Task.Run(async () =>
            {
                using (sender)
                    await new NetworkStream(sender).WriteAsync(new byte[bytes]);
            });
            await new NetworkStream(receiver).CopyToAsync(Stream.Null).WaitAsync(Patience.Usual);
            await sending;
            return watch.Elapsed;
        }
    }
}
