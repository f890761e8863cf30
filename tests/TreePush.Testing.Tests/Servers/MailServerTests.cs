using System.Net.Sockets;

namespace TreePush.Testing.Tests.Servers;

public sealed class MailServerTests
{
    [MailFact]
    public async Task It_keeps_what_it_is_sent()
    {
        await using var server = await MailServer.StartAsync(new MailServerOptions());
        string[] lines = ["EHLO me", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA", "Subject: x\r\n\r\nhello\r\n.", "QUIT"];
        using var client = new TcpClient();
        await client.ConnectAsync(MailServer.Address, server.Port);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        foreach (string line in lines)
        {
            while ((await reader.ReadLineAsync().WaitAsync(Patience.Usual))?[3] == '-')
            {
                // More of the same reply follows.
            }

            await writer.WriteLineAsync(line);
        }

        (await reader.ReadLineAsync().WaitAsync(Patience.Usual)).Should().StartWith("221");
        (await server.WaitForMessagesAsync(1, Patience.Usual)).Should().ContainSingle().Which.Should().Be("from a@b.example to c@d.example clear as nobody\nSubject: x\n\nhello\n\n");
    }

    [MailFact]
    public async Task It_is_gone_when_it_is_disposed_of()
    {
        int port;
        await using (var server = await MailServer.StartAsync(new MailServerOptions())) port = server.Port;
        using var client = new TcpClient();
        await FluentActions.Awaiting(() => client.ConnectAsync(MailServer.Address, port)).Should().ThrowAsync<SocketException>();
    }
}
