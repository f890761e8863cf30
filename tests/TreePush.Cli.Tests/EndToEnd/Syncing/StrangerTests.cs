using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Whoever connects to a relay without its token gets nothing, and disturbs nobody.</summary>
[Collection(FourHosts.Name)]
public sealed class StrangerTests(FourHosts hosts)
{
    private const int Port = 40200;
    private const int HalfOpen = 100;

    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task Random_bytes_TLS_without_a_token_and_silent_connections_get_nothing_and_the_run_goes_on()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("a", 1 << 20, seed: 1).RandomFile("b", 3 << 20, seed: 2));
        await using var sync = await shipment.StartAsync(Fleet.Hosts, "--port-range", $"{Port}-{Port}", "--bwlimit", "8Mbit", "--topology", "chain");
        await Wait.UntilAsync(() => File.Exists(shipment.DestinationOn(Fleet.Hosts[3], "a")), Patience.Usual, () => sync.Error.Text);

        var silent = new List<Socket>();
        for (int i = 0; i < HalfOpen; i++) silent.Add(await ConnectAsync());
        (await AnswerToAsync(RandomNumberGenerator.GetBytes(100_000))).Should().NotContain("piece");
        (await AnswerToAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray())).Should().NotContain("HTTP");
        (await BytesOverTlsAsync(RandomNumberGenerator.GetBytes(10_000))).Should().BeLessThan(1000, "what is sent before a token is good is at most a farewell");
        sync.HasExited.Should().BeFalse("otherwise nothing was shown");

        (await sync.WaitForExitAsync()).ShouldSucceed();
        silent.ForEach(s => s.Dispose());
        await shipment.ShouldBeEverywhereAsync();
        await shipment.ShouldHaveLeftNothingAsync();
    }

    [PrivateFleetFact]
    public async Task Silent_connections_keep_no_child_out()
    {
        var shipment = new Shipment(Fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("a", 1 << 20, seed: 1));
        var (host, child) = (Fleet.Hosts[0], Fleet.Hosts[1]);
        await child.FreezeAsync();
        await using var sync = await shipment.StartAsync([host, child], "--port-range", $"{Port}-{Port}", "--topology", "chain", "-t", "30s");
        await Wait.UntilAsync(() => File.Exists(shipment.DestinationOn(host, "a")), Patience.Usual, () => sync.Error.Text);
        var silent = new List<Socket>();
        for (int i = 0; i < HalfOpen; i++) silent.Add(await ConnectAsync());
        child.Thaw();
        (await sync.WaitForExitAsync()).ShouldSucceed().Error.Should().NotContain("the link from");
        silent.ForEach(s => s.Dispose());
        await shipment.ShouldBeOnAsync([host, child]);
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = Fleet.Hosts[3].Network.OpenSocket();
        await socket.ConnectAsync(IPAddress.Parse(Fleet.Hosts[0].Address), Port);
        return socket;
    }

    private async Task<string> AnswerToAsync(byte[] bytes)
    {
        using var socket = await ConnectAsync();
        await using var stream = new NetworkStream(socket);
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(bytes);
            await stream.CopyToAsync(answer).WaitAsync(Patience.Usual);
        }
        catch (IOException)
        {
            // It did not even listen to the end.
        }

        return System.Text.Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <returns>How many bytes a relay says to somebody who talks TLS, and then nonsense.</returns>
    private async Task<long> BytesOverTlsAsync(byte[] bytes)
    {
        using var socket = await ConnectAsync();
        using var answer = new MemoryStream();
        try
        {
            await using var stream = new SslStream(new NetworkStream(socket));
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "relay",
                EnabledSslProtocols = SslProtocols.Tls13,
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            });
            await stream.WriteAsync(bytes);
            await stream.CopyToAsync(answer).WaitAsync(Patience.Usual);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // It did not even listen to the end.
        }

        return answer.Length;
    }
}
