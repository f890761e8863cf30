using System.Net.Sockets;

namespace TreePush.Testing;

/// <summary>A real vsftpd at an address of its own on loopback, with one account that the machine does not know.</summary>
public sealed class FtpServer : IAsyncDisposable
{
    private const int UserId = 2000;
    private const string Program = "/usr/sbin/vsftpd";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _root = Path.Combine("/tmp", $"tp-ftp-{Path.GetRandomFileName()[..8]}");
    private readonly FtpServerOptions _options;
    private readonly LoopbackNetwork _network = LoopbackNetwork.Claim();
    private TestAuthority? _authority;
    private Janitor? _janitor;
    private Enclosure? _enclosure;

    private FtpServer(FtpServerOptions options)
    {
        _options = options;
        Address = _network.AddressOf(0, 0);
        Port = options.Port ?? _network.SshPortAt(Address);
    }

    public string Address { get; }

    public int Port { get; }

    public string User => _options.User;

    public string Password => _options.Password;

    /// <summary>What the login begins in: the server calls it /home/USER.</summary>
    public string HomeDirectory => Path.Combine(_root, "home", User);

    /// <summary>The certificate of the authority that the server's is from.</summary>
    public string CaFile => _authority?.CaFile ?? throw new InvalidOperationException("The server has no TLS.");

    /// <summary>What the machine lacks for one, in a sentence with what to do, or null.</summary>
    public static string? MissingRequirement() => Fleet.MissingRequirement() ?? Needs.MissingOf("vsftpd", "perl", "chown", "mount");

    public static async Task<FtpServer> StartAsync(FtpServerOptions options, CancellationToken cancellationToken = default)
    {
        var server = new FtpServer(options);
        try
        {
            await server.PrepareAsync(cancellationToken);
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server that was stopped, at the same address and with the same files.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        string[] binds = ["passwd", "group", "shadow"];
        var plan = new EnclosurePlan(_root, [.. binds.Select(f => new Bind(PathOf(f), $"/etc/{f}")), new Bind(PathOf("home"), "/home")])
        {
            OwnProcessIds = true,
            Command = [Program, PathOf("vsftpd.conf")],
        };
        _enclosure = await Enclosure.StartAsync(plan, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (!await AnswersAsync(limit.Token)) await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
    }

    /// <summary>Ends the server and all connections.</summary>
    public async Task StopAsync()
    {
        if (_enclosure is not { } enclosure) return;
        _enclosure = null;
        await enclosure.DisposeAsync();
    }

    /// <summary>Ends the processes that serve connections, and so breaks these; the server goes on.</summary>
    public void BreakConnections() => SignalSessions(Signal.Kill);

    /// <summary>Halts the processes that serve connections: these stay open and say nothing.</summary>
    public void FreezeConnections() => SignalSessions(Signal.Stop);

    /// <summary>What the server has logged so far, with each command where the options say so.</summary>
    public Task<string> ReadLogAsync(CancellationToken cancellationToken = default) => File.ReadAllTextAsync(PathOf("vsftpd.log"), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        finally
        {
            await _network.DisposeAsync();
            _authority?.Dispose();
            if (_janitor is not null) await _janitor.DisposeAsync();
        }
    }

    private string PathOf(string name) => Path.Combine(_root, name);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _janitor = Janitor.Engage(_root);
        Directory.CreateDirectory(HomeDirectory);
        Directory.CreateDirectory(PathOf("empty"));
        if (_options.HomeBytes is { } size) await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={size},mode=0755", "ftp", HomeDirectory], cancellationToken);
        await Tool.RunAsync("chown", [$"{UserId}:{UserId}", HomeDirectory], cancellationToken);
        await AddToAsync("passwd", $"{User}:x:{UserId}:{UserId}::/home/{User}:/bin/sh", cancellationToken);
        await AddToAsync("group", $"{User}:x:{UserId}:", cancellationToken);
        await AddToAsync("shadow", $"{User}:{await HashAsync(Password, cancellationToken)}:19000:0:99999:7:::", cancellationToken);
        if (_options.HasTls) _authority = TestAuthority.Create(_root);
        await File.WriteAllLinesAsync(PathOf("vsftpd.conf"), Configuration(), cancellationToken);
    }

    private IEnumerable<string> Configuration()
    {
        string[] own =
        [
            "listen=YES", "listen_ipv6=NO", $"listen_address={Address}", $"listen_port={Port}", "background=NO", "anonymous_enable=NO", "local_enable=YES",
            "write_enable=YES", "local_umask=022", $"secure_chroot_dir={PathOf("empty")}", "pam_service_name=vsftpd", "session_support=NO",
            "seccomp_sandbox=NO", "isolate=NO", "isolate_network=NO", "xferlog_enable=NO", "log_ftp_protocol=YES", "dual_log_enable=YES", $"vsftpd_log_file={PathOf("vsftpd.log")}",
        ];
        string[] tls = [];
        if (_authority is { } authority)
        {
            string certificate = authority.Issue(Address);
            tls = ["ssl_enable=YES", $"rsa_cert_file={certificate}", $"rsa_private_key_file={certificate}", "force_local_logins_ssl=NO", "force_local_data_ssl=NO", "require_ssl_reuse=YES"];
        }

        return [.. own, .. tls, .. _options.Lines];
    }

    private async Task AddToAsync(string file, string line, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(PathOf(file), await File.ReadAllTextAsync($"/etc/{file}", cancellationToken) + line + "\n", cancellationToken);
        File.SetUnixFileMode(PathOf(file), File.GetUnixFileMode($"/etc/{file}"));
    }

    private static async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        var start = new System.Diagnostics.ProcessStartInfo("perl", ["-e", "$p = <STDIN>; print crypt($p, q($6$salt$))"]);
        await using var perl = RunningProgram.Start(start, password, ProgramOptions.DefaultTimeout);
        return (await perl.WaitForExitAsync(cancellationToken)).EnsureSuccess().Output;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(Address, Port, cancellationToken);
            var buffer = new byte[4];
            await client.GetStream().ReadExactlyAsync(buffer, cancellationToken);
            return buffer.AsSpan().SequenceEqual("220 "u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    /// <summary>The listener is the oldest of the server's processes.</summary>
    private void SignalSessions(Signal signal)
    {
        var all = _enclosure?.Processes().Where(p => p.Name == "vsftpd").OrderBy(p => p.IdOnHost).ToList() ?? [];
        foreach (var session in all.Skip(1)) Signals.Send(session.Id, signal);
    }
}
