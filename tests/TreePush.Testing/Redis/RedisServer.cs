using System.Diagnostics;
using System.Globalization;

namespace TreePush.Testing;

/// <summary>A real redis-server at a free port of 127.0.0.1, with a folder of its own. It ends with the test process.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const int MaxStarts = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _root = Path.Combine("/tmp", $"tp-redis-{Path.GetRandomFileName()[..8]}");
    private readonly RedisServerOptions _options;
    private readonly Janitor _janitor;
    private readonly TestAuthority? _authority;
    private readonly string? _certificate;
    private GuardedProgram? _program;

    private RedisServer(RedisServerOptions options)
    {
        _options = options;
        Directory.CreateDirectory(_root);
        _janitor = Janitor.Engage(_root);
        if (!options.HasTls) return;
        _authority = TestAuthority.Create(_root);
        _certificate = _authority.Issue(Address);
    }

    public static string Address => "127.0.0.1";

    public int Port { get; private set; }

    public string? Password => _options.Password;

    /// <summary>For <c>--redis</c>, with the password of the default user.</summary>
    public string Url => $"{Scheme}://{(Password is null ? "" : $":{Uri.EscapeDataString(Password)}@")}{Address}:{Port}";

    /// <summary>For <c>--redis</c>, without a password.</summary>
    public string OpenUrl => $"{Scheme}://{Address}:{Port}";

    /// <summary>The certificate of the authority that the server's is from.</summary>
    public string CaFile => _authority?.CaFile ?? throw new InvalidOperationException("The server has no TLS.");

    /// <summary>What it has logged since its last start.</summary>
    public string Log => _program?.Output.Text ?? "";

    private string Scheme => _options.HasTls ? "rediss" : "redis";

    /// <summary>What the machine lacks for one, in a sentence with what to do, or null.</summary>
    public static string? MissingRequirement() => Needs.MissingOf("redis-server", "redis-cli", "setsid", "sh", "rm");

    public static Task<RedisServer> StartAsync(CancellationToken cancellationToken = default) => StartAsync(new RedisServerOptions(), cancellationToken);

    public static async Task<RedisServer> StartAsync(RedisServerOptions options, CancellationToken cancellationToken = default)
    {
        var server = new RedisServer(options);
        try
        {
            await server.StartAtFreePortAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it in order. What it keeps (<see cref="RedisServerOptions.KeepsData"/>) is there at the next start.</summary>
    public Task StopAsync() => EndAsync(Signal.Terminate);

    /// <summary>Ends it as the kernel does when memory runs out.</summary>
    public Task KillAsync() => EndAsync(Signal.Kill);

    /// <summary>Starts it again after an end, at the same port.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => RunAsync(cancellationToken);

    /// <summary>Starts it again after an end, at the same port, with nothing in it.</summary>
    public Task StartEmptyAsync(CancellationToken cancellationToken = default)
    {
        foreach (string folder in Directory.GetDirectories(_root)) Directory.Delete(folder, recursive: true);
        File.Delete(Path.Combine(_root, "dump.rdb"));
        return RunAsync(cancellationToken);
    }

    /// <summary>Halts it: connections stay open and nothing answers.</summary>
    public void Pause() => Signals.Send(Program.ChildId, Signal.Stop);

    public void Resume() => Signals.Send(Program.ChildId, Signal.Continue);

    /// <summary>Makes a master of a replica.</summary>
    public Task PromoteAsync(CancellationToken cancellationToken = default) => AskAsync(["replicaof", "no", "one"], cancellationToken);

    /// <summary>Runs a command by redis-cli, as the default user.</summary>
    /// <returns>What it printed, without the last end of line: a value a line, an empty one for nil; the server's error, where it refused.</returns>
    public async Task<string> AskAsync(IReadOnlyList<string> command, CancellationToken cancellationToken = default)
    {
        string[] tls = _options.HasTls ? ["--tls", "--cacert", CaFile] : [];
        var start = new ProcessStartInfo("redis-cli", ["-h", Address, "-p", Port.ToString(CultureInfo.InvariantCulture), .. tls, "--no-auth-warning", .. command]);
        if (Password is not null) start.Environment["REDISCLI_AUTH"] = Password;
        await using var client = RunningProgram.Start(start, input: "", ProgramOptions.DefaultTimeout);
        return (await client.WaitForExitAsync(cancellationToken)).EnsureSuccess().Output.TrimEnd('\n');
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _authority?.Dispose();
        await _janitor.DisposeAsync();
    }

    private GuardedProgram Program => _program ?? throw new InvalidOperationException("The server was stopped.");

    private async Task StartAtFreePortAsync(CancellationToken cancellationToken)
    {
        for (int start = 1; ; start++)
        {
            Port = FreePort.Find();
            try
            {
                await RunAsync(cancellationToken);
                return;
            }
            catch (InvalidOperationException) when (start < MaxStarts && Log.Contains("Address already in use", StringComparison.Ordinal))
            {
                await KillAsync(); // Another program was faster at the port.
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_program is not null) throw new InvalidOperationException("The server runs.");
        string file = Path.Combine(_root, "redis.conf");
        await File.WriteAllLinesAsync(file, [.. Configuration(), .. _options.Lines], cancellationToken);
        _program = await GuardedProgram.StartAsync(["redis-server", file], cancellationToken);
        await _program.Output.WaitForAsync("eady to accept connections", Patience, cancellationToken);
    }

    private IEnumerable<string> Configuration()
    {
        yield return $"bind {Address}";
        yield return $"dir {_root}";
        yield return "save \"\"";
        yield return _options.HasTls ? $"port 0\ntls-port {Port}\ntls-auth-clients no\ntls-replication yes" : $"port {Port}";
        if (_certificate is not null) yield return $"tls-cert-file {_certificate}\ntls-key-file {_certificate}\ntls-ca-cert-file {CaFile}";
        if (_options.KeepsData) yield return "appendonly yes\nappendfsync always";
        if (_options.MaxMemory is { } memory) yield return $"maxmemory {memory}\nmaxmemory-policy noeviction";
        if (Password is not null) yield return $"requirepass \"{Password}\"";
        foreach (string user in _options.Users) yield return $"user {user}";
        if (_options.IsClusterNode) yield return $"cluster-enabled yes\ncluster-port {FreePort.Find()}\ncluster-node-timeout 1000\ncluster-config-file nodes.conf";
        if (_options.ReplicaOf is not { } master) yield break;
        yield return $"replicaof {Address} {master.Port}\nrepl-diskless-sync-delay 0";
        if (master.Password is not null) yield return $"masterauth \"{master.Password}\"";
    }

    private async Task EndAsync(Signal signal)
    {
        if (_program is not { } program) return;
        _program = null;
        Signals.Send(program.ChildId, Signal.Continue);
        await program.EndAsync(signal);
    }
}
