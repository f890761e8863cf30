using System.Net.Sockets;

namespace TreePush.Testing.Tests.Servers;

public sealed class FtpServerTests
{
    [FtpFact]
    public async Task Its_own_user_logs_in_with_the_password_alone()
    {
        await using var server = await FtpServer.StartAsync(new FtpServerOptions { Password = "right" });
        (await server.AskAsync("USER deploy", "PASS wrong")).Should().StartWith("530");
        (await server.AskAsync("USER deploy", "PASS right", "PWD")).Should().Be("257 \"/home/deploy\" is the current directory");
        (await server.AskAsync("USER root", "PASS right")).Should().StartWith("530");
        (await File.ReadAllTextAsync("/etc/passwd")).Should().NotContain("deploy:x:2000");
    }

    [FtpFact]
    public async Task It_is_gone_with_all_it_had_when_it_is_disposed_of()
    {
        string home;
        int port;
        await using (var server = await FtpServer.StartAsync(new FtpServerOptions { HomeBytes = 100_000 })) (home, port) = (server.HomeDirectory, server.Port);
        Directory.Exists(home).Should().BeFalse();
        Directory.GetDirectories("/proc").Should().NotContain(process => HasOpened(process, $"{Path.GetDirectoryName(Path.GetDirectoryName(home))}/vsftpd.conf"));
        port.Should().BePositive();
    }

    [FtpFact]
    public async Task Connections_break_and_the_server_goes_on()
    {
        await using var server = await FtpServer.StartAsync(new FtpServerOptions());
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address, server.Port);
        using var reader = new StreamReader(client.GetStream());
        (await reader.ReadLineAsync()).Should().StartWith("220");
        server.BreakConnections();
        (await reader.ReadLineAsync().WaitAsync(Patience.Usual)).Should().BeNull();
        (await server.AskAsync()).Should().StartWith("220");
    }

    [FtpFact]
    public async Task It_can_be_stopped_and_started_again()
    {
        await using var server = await FtpServer.StartAsync(new FtpServerOptions());
        await server.StopAsync();
        await FluentActions.Awaiting(() => server.AskAsync()).Should().ThrowAsync<SocketException>();
        await server.StartAsync();
        (await server.AskAsync()).Should().StartWith("220");
    }

    private static bool HasOpened(string process, string configuration)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline").Contains(configuration, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
