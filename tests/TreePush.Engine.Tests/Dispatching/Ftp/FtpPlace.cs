using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Ftp;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Ftp;

/// <summary>A real FTP server, and deliveries to it.</summary>
internal sealed class FtpPlace : IAsyncDisposable
{
    private readonly List<string> _warnings = [];
    private readonly Parcel _parcel = new();

    private FtpPlace(FtpServer server) => Server = server;

    public FtpServer Server { get; }

    public Parcel Parcel => _parcel;

    public FtpOptions Options { get; set; } = new() { ConnectTimeout = Patience.Usual, StallTimeout = Patience.Usual };

    public IReadOnlyList<string> Warnings => _warnings;

    public static async Task<FtpPlace> StartAsync(FtpServerOptions? options = null) => new(await FtpServer.StartAsync(options ?? new FtpServerOptions()));

    public FtpDelivery NewDelivery() => new(Options, TimeProvider.System, _warnings.Add);

    public Task<DeliveryOutcome> DeliverAsync(StagedPackage package, string folder = "in/", Transport via = Transport.Ftp, string? password = null, CancellationToken ct = default) =>
        NewDelivery().DeliverAsync(package, folder, Access(via, password), ct);

    public HostAccess Access(Transport via = Transport.Ftp, string? password = null) => new(new Host(Server.Address, Server.Port, Server.User), password ?? Server.Password, via);

    /// <summary>Where the tests see a file of the login's home.</summary>
    public string PathOf(string path) => Path.Combine(Server.HomeDirectory, path);

    public string PartialOf(StagedPackage package, string folder = "in") => PathOf($"{folder}/.treepush-{package.Id}.part");

    /// <summary>The names of all files below the home.</summary>
    public IEnumerable<string> Files() => Directory.EnumerateFiles(Server.HomeDirectory, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Server.HomeDirectory, f));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _parcel.Dispose();
    }
}
