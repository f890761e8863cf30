using TreePush.Core.Dispatching;
using TreePush.Core.Dispatching.Ftp;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Dispatching.Ftp;

/// <summary>Runs the curl program for one FTP server. What it is to do, and with which password, it reads from standard input: its arguments are the same for all.</summary>
internal sealed class Curl(FtpOptions options, HostAccess to)
{
    /// <summary>The user's own configuration of curl could print what it must not, or send it elsewhere.</summary>
    private static readonly string[] Arguments = ["-q", "--config", "-"];

    private int Port => to.Via == Transport.Auto || to.Host.Port == Host.DefaultPort ? options.DefaultPort : to.Host.Port;

    /// <summary>A configuration that logs in and does nothing yet.</summary>
    /// <param name="name">A file in the folder; empty for the folder itself.</param>
    public CurlConfig At(FtpFolder folder, string name)
    {
        var config = new CurlConfig().Add("silent").Add("show-error").Add("globoff").Add("path-as-is")
            .Add("url", folder.Url(to.Host.Address, Port, name))
            .Add("user", $"{to.Host.User}:{to.Password}")
            .Add(to.Via == Transport.Ftps ? "ssl-reqd" : "ssl")
            // An HTTP proxy would be given the password.
            .Add("noproxy", "*")
            .Add("connect-timeout", options.ConnectTimeout).Add("speed-limit", "1").Add("speed-time", options.StallTimeout);
        if (options.CaFile is { } authorities) config.Add("cacert", authorities);
        if (to.Account is { } account) config.Add("ftp-account", account);
        return config;
    }

    /// <summary>Runs curl, and has it print what the server says.</summary>
    /// <exception cref="RemoteException">It could not be started.</exception>
    public async Task<FtpDialog> AskAsync(CurlConfig config, CancellationToken ct)
    {
        var (status, output, complaints) = await RunAsync(config.Add("dump-header", "-"), ct);
        return FtpDialog.Of(status, output, complaints);
    }

    /// <summary>Runs curl, and has it print what it fetches.</summary>
    /// <exception cref="RemoteException">It could not be started.</exception>
    public async Task<IReadOnlyList<string>> FetchAsync(CurlConfig config, CancellationToken ct) => (await RunAsync(config, ct)).Output;

    private async Task<(int? Status, List<string> Output, List<string> Complaints)> RunAsync(CurlConfig config, CancellationToken ct)
    {
        List<string> output = [], complaints = [];
        int? status = await ChildRun.RunAsync(new ChildPlan(options.Program, Arguments), config.ToBytes(), line => (line.IsError ? complaints : output).Add(line.Text), ct);
        return (status, output, complaints);
    }
}
