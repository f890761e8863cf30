using TreePush.Core.Hosts;
using TreePush.Engine.Pushing;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Runs;

/// <summary>A source and three targets, the ways to them, and requests to bring a file from the one to the others.</summary>
public sealed class RunnerPlace : IAsyncLifetime, IAsyncDisposable
{
    public const string Content = "content\n";

    private Fleet? _fleet;
    private IRemoteHostDriver? _drivers;

    public IReadOnlyList<Host> Targets => [.. Fleet.Hosts.Skip(1).Select(AsHost)];

    /// <summary>How many relays run on any host.</summary>
    public int RunningRelays => Fleet.Hosts.Sum(h => h.Processes("treepush-relay").Count);

    private Fleet Fleet => _fleet ?? throw new InvalidOperationException("The fleet was not started.");

    public async Task InitializeAsync()
    {
        if (Fleet.MissingRequirement() is not null) return;
        _fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 4 });
        await File.WriteAllTextAsync(Path.Combine(Fleet.Hosts[0].DataDirectory, "file"), Content);
        _drivers = new HostDrivers(new LocalDriver(TimeProvider.System), new SshDriver(Ssh, SshSecrets.None, TimeProvider.System, _ => { }));
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_drivers is not null) await _drivers.DisposeAsync();
        if (_fleet is not null) await _fleet.DisposeAsync();
    }

    /// <summary>Where the copies of that name lie, as this machine sees them.</summary>
    public IEnumerable<string> Copies(string name) => Fleet.Hosts.Skip(1).Select(h => Path.Combine(h.DataDirectory, name));

    public Task<RunResult> RunAsync(RunRequest request, IReadOnlyList<IRunObserver>? observers = null, CancellationToken ct = default) =>
        new Runner(_drivers!, TimeProvider.System).RunAsync(request, observers ?? [], store: null, controls: null, ct);

    /// <summary>The source makes the file of that name at the first transfer; whoever has been served has it.</summary>
    public RunRequest Push(string name) => Request(
        $"[ -e {Inside(name)} ] || cp {Inside("file")} {Inside(name)}; scp -q -P $TPUSH_PORT {Inside(name)} $TPUSH_USER@$TPUSH_HOST:{Inside(name)}", new PushWork());

    public RunRequest Sync(string name) => Request("sync", new SyncWork { Source = Inside("file"), Destination = Inside(name) });

    private SshOptions Ssh => new() { ConfigFile = Fleet.SshConfigPath };

    private RunRequest Request(string command, Work work) => new()
    {
        Run = "20260301-120000-ffff",
        Command = command,
        Sources = [AsHost(Fleet.Hosts[0])],
        Targets = Targets,
        Ssh = Ssh,
        Work = work,
    };

    private string Inside(string name) => Path.Combine(Fleet.DataPath, name);

    private static Host AsHost(FleetHost host) => new(host.Address, host.Port, host.User);
}
