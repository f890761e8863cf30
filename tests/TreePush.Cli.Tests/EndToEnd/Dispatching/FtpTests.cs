using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

/// <summary>Hosts that are served over FTP.</summary>
public sealed class FtpTests(FourDispatchHosts hosts) : IClassFixture<FourDispatchHosts>
{
    [FtpFact]
    public async Task A_package_is_delivered_over_ftp_with_a_login_of_netrc()
    {
        await using var server = await FtpServer.StartAsync(new FtpServerOptions());
        var place = new DispatchPlace(hosts.Fleet);
        place.WriteRules($"rules:\n- match: app\n  host: {server.Address}:{server.Port}\n  via: ftp\n  dest_dir: in/%Y/\n");
        string netrc = place.Work.Write("netrc", $"machine {server.Address} login {server.User} password \"{server.Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n");
        File.SetUnixFileMode(netrc, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        place.Work.Write("app-1", "content");
        var options = new ProgramOptions { Environment = new Dictionary<string, string?> { ["NETRC"] = netrc } };
        var result = (await place.Work.PushAsync(options, place.Arguments("app-1"))).ShouldSucceed();
        result.Error.Should().Contain("in clear").And.Contain("(size)");
        Directory.GetFiles(server.HomeDirectory, "app-1", SearchOption.AllDirectories).Should().ContainSingle().Which.Should().Match(f => File.ReadAllText(f) == "content");
    }

    [FtpFact]
    public async Task An_ini_rule_delivers_over_ftp()
    {
        await using var server = await FtpServer.StartAsync(new FtpServerOptions());
        var place = new DispatchPlace(hosts.Fleet);
        place.WriteRules($"[app]\nhost = {server.Address}:{server.Port}\nlogin = {server.User}\npassword = {server.Password}\ndest_dir = in\nvia = ftp\n");
        place.Work.Write("app-1", "content");
        (await place.DispatchAsync("app-1")).ShouldSucceed();
        File.ReadAllText(Path.Combine(server.HomeDirectory, "in", "app-1")).Should().Be("content");
    }

    [FtpFact]
    public async Task Where_no_ssh_server_answers_an_ini_rule_falls_back_to_ftp()
    {
        await using var server = await FtpServer.StartAsync(new FtpServerOptions { Port = 21 });
        var place = new DispatchPlace(hosts.Fleet);
        place.WriteRules($"[app]\nhost = {server.Address}\nlogin = {server.User}\npassword = {server.Password}\ndest_dir = in\n");
        place.Work.Write("app-1", "content");
        (await place.DispatchAsync("app-1")).ShouldSucceed().Error.Should().Contain("in clear");
        File.ReadAllText(Path.Combine(server.HomeDirectory, "in", "app-1")).Should().Be("content");
    }
}
