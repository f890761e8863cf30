using System.Net;
using System.Net.Sockets;

namespace TreePush.Testing.Tests.Networks;

public sealed class MeddlerTests(PrivateFleet fleet) : IClassFixture<PrivateFleet>
{
    [PrivateFleetFact]
    public async Task One_byte_of_the_answers_is_another()
    {
        await using var meddler = await fleet[0].Network.MeddleAsync(new Meddling(AfterBytes: 100_000));
        (await AskAsync(200_000)).Should().Equal([100_000]);
        (await AskAsync(200_000)).Should().BeEmpty();
        (meddler.Seen, meddler.Falsified).Should().Be((2, 1));
    }

    [PrivateFleetFact]
    public async Task One_byte_of_what_is_sent_is_another()
    {
        await using var meddler = await fleet[0].Network.MeddleAsync(new Meddling(AfterBytes: 3) { InAnswers = false, Connections = 2 });
        (await AskAsync(10)).Should().Equal([3]);
        (await AskAsync(10)).Should().Equal([3]);
        (await AskAsync(10)).Should().BeEmpty();
    }

    [PrivateFleetFact]
    public async Task Connections_are_as_before_when_it_has_gone()
    {
        await using (await fleet[0].Network.MeddleAsync(new Meddling(0)))
        {
        }

        (await AskAsync(10)).Should().BeEmpty();
    }

    /// <summary>Sends zeros to a host that sends all it gets back.</summary>
    /// <returns>Where there is something else among what comes back.</returns>
    private async Task<IReadOnlyList<int>> AskAsync(int count)
    {
        using var listener = fleet[0].Network.OpenSocket();
        listener.Bind(new IPEndPoint(IPAddress.Any, 0));
        listener.Listen();
        using var client = fleet[1].Network.OpenSocket();
        await client.ConnectAsync(IPAddress.Parse(fleet[0].Address), ((IPEndPoint)listener.LocalEndPoint!).Port);
        using var server = await listener.AcceptAsync();
        var echoing = Task.Run(async () =>
        {
            var stream = new NetworkStream(server);
            await stream.CopyToAsync(stream);
        });

        var answer = new byte[count];
        var sending = client.SendAsync(new byte[count]);
        await new NetworkStream(client).ReadExactlyAsync(answer).AsTask().WaitAsync(Patience.Usual);
        await sending;
        client.Shutdown(SocketShutdown.Send);
        await echoing.WaitAsync(Patience.Usual);
        return [.. Enumerable.Range(0, count).Where(index => answer[index] != 0)];
    }
}
