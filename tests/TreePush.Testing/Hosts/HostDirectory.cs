
namespace TreePush.Testing;

/// <summary>All that one host owns on the disk, and what its namespace shows of it where.</summary>
internal sealed record HostDirectory(string FleetRoot, string Name, HostOptions Options)
{
    /// <summary>Root's home directory, which is taken from the account and not from HOME by ssh and sshd.</summary>
    public const string RootHome = "/root";

    public string Root => Path.Combine(FleetRoot, "hosts", Name);
    public string Home => Options.LoginUser is { } user ? Path.Combine(Homes, user) : HomeOfRoot;
    public string Temp => Path.Combine(Root, "tmp");
    public Bind TempBind => new(Temp, "/tmp");
    public string VarTemp => Path.Combine(Root, "var-tmp");
    public string Disk => Path.Combine(Root, "disk");
    public string HostKey => Path.Combine(Root, "host_key");
    public string SshdConfig => Path.Combine(Root, "sshd_config");
    public string Log => Path.Combine(Root, "log");
    public string Covers => Path.Combine(Root, "covers");
    public string DataPath => Path.Combine(FleetRoot, Fleet.DataDirectoryName);
    public Arm64? Arm64 => Options.IsArm64 ? new Arm64(Root) : null;
    private string HomeOfRoot => Path.Combine(Root, "home");
    private string Homes => Path.Combine(Root, "homes");
    private HostAccounts Accounts => new(Root, Options);
    private FakeProcessor? Processor => (Options.IsArm64 ? Testing.Arm64.Processor : Options.Processor) is { } name ? new FakeProcessor(Root, name) : null;

    public void Create()
    {
        Directory.CreateDirectory(Home);
        Directory.CreateDirectory(HomeOfRoot);
        foreach (string shared in new[] { Temp, VarTemp })
        {
            Directory.CreateDirectory(shared);
            File.SetUnixFileMode(shared, (UnixFileMode)Convert.ToInt32("1777", 8));
        }

        Directory.CreateDirectory(Inside(Root));
        Directory.CreateDirectory(Inside(DataPath));
    }

    /// <summary>
    /// The host gets a /tmp and a /var/tmp of its own. As the fleet itself lies below /tmp, the two things of it which the host is to
    /// see are put there at the paths they have outside: its own directory and its own data.
    /// </summary>
    public IReadOnlyList<Bind> Binds(string dataDirectory)
    {
        var noexec = Options.HomeIsNoexec ? "noexec" : "";
        // Root's home is the host's own also where another logs in: sudo and administering tests write there.
        IEnumerable<Bind> homes = Options.LoginUser is null
            ? [new(Home, RootHome, noexec)] : [new(Homes, "/home", noexec), new(HomeOfRoot, RootHome)];
        return
        [
            new(dataDirectory, Inside(DataPath)), new(Root, Inside(Root)), TempBind, new(VarTemp, "/var/tmp"), .. homes,
            .. Accounts.Binds, .. Processor?.Binds ?? [],
        ];
    }

    public async Task ConfigureAsync(string address, int port, CancellationToken cancellationToken)
    {
        // The default key exchange of current clients costs four times the processor time, which tests have better uses for.
        string[] lines =
        [
            .. Options.SshdLines,
            .. Arm64 is { } arm64 ? [arm64.SshdLine] : Array.Empty<string>(),
            $"ListenAddress {address}:{port}",
            $"HostKey {HostKey}",
            "KexAlgorithms curve25519-sha256",
            "AuthenticationMethods publickey",
            "AuthorizedKeysFile .ssh/authorized_keys",
            "PermitRootLogin yes",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "UsePAM no",
            "StrictModes no",
            "MaxStartups 200:30:400",
            $"MaxSessions {Options.MaxSessions}",
            $"AllowTcpForwarding {(Options.ForwardsPorts ? "yes" : "no")}",
            "UseDNS no",
            "PrintMotd no",
            "PrintLastLog no",
            "PidFile none",
            "LogLevel INFO",
            "Subsystem sftp internal-sftp",
        ];
        await File.WriteAllLinesAsync(SshdConfig, lines, cancellationToken);
        await Accounts.WriteAsync(Home, cancellationToken);
        if (Processor is { } processor)
            await processor.WriteAsync(cancellationToken);
        if (Arm64 is { } emulation)
            await emulation.WriteAsync(cancellationToken);
    }

    private string Inside(string path) => Path.Combine(Temp, Path.GetRelativePath("/tmp", path));
}
