using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace TreePush.Testing;

/// <summary>
/// A host for an agent: its own files at the path that all hosts of the fleet share, and a real rsync daemon that serves them. The
/// host's name is the daemon's address and port. Whatever is started on the host ends with it.
/// </summary>
public sealed class AgentHost : IAsyncDisposable
{
    private static readonly string[] Inherited = ["PATH", "LANG", "LC_ALL", "TZ"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _root;
    private readonly string _dataPath;
    private readonly string _address;
    private readonly int _port;
    private Enclosure? _enclosure;

    internal AgentHost(string root, string dataPath, string address, int port) => (_root, _dataPath, _address, _port) = (root, dataPath, address, port);

    /// <summary>For <c>--name</c>, and in <c>TPUSH_SRC</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{_address}:{_port}");

    /// <summary>The host's files, as the tests see them.</summary>
    public string DataDirectory => Path.Combine(_root, "data");

    /// <summary>A folder of the host for the agent's lock and logs.</summary>
    public string StateDirectory => Path.Combine(_root, "state");

    /// <summary>Starts a program on the host, under its own process id, leading a group of its own.</summary>
    public RunningProgram Start(string program, IReadOnlyList<string> arguments, ProgramOptions? options = null)
    {
        options ??= new ProgramOptions();
        var enclosure = _enclosure ?? throw new InvalidOperationException("The host is not up.");
        string[] command =
        [
            "nsenter", $"--mount=/proc/{enclosure.KeeperId}/ns/mnt", "--", "env", "--chdir", options.WorkingDirectory ?? _dataPath, "--default-signal", "--", program, .. arguments,
        ];
        var start = new ProcessStartInfo("setsid", command);
        foreach (string name in start.Environment.Keys.Where(n => !Inherited.Contains(n) && !n.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["HOME"] = _root;
        foreach (var (name, value) in options.Environment) start.Environment[name] = value;
        return RunningProgram.Start(start, options.Input, options.Timeout);
    }

    /// <summary>Runs a program on the host to its end.</summary>
    public async Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> arguments, ProgramOptions? options = null)
    {
        options ??= new ProgramOptions();
        await using var running = Start(program, arguments, options with { Input = options.Input ?? "" });
        return await running.WaitForExitAsync();
    }

    /// <summary>What runs on the host besides its daemon.</summary>
    /// <param name="marker">A part of the command lines.</param>
    public IReadOnlyList<FleetProcess> Processes(string marker = "") =>
        [.. _enclosure?.Processes().Where(p => p.State != 'Z' && !p.CommandLine.Contains("--daemon", StringComparison.Ordinal) && p.CommandLine.Contains(marker, StringComparison.Ordinal)) ?? []];

    public async ValueTask DisposeAsync()
    {
        if (_enclosure is not { } enclosure) return;
        _enclosure = null;
        await enclosure.DisposeAsync();
    }

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(DataDirectory);
        Directory.CreateDirectory(StateDirectory);
        string configuration = Path.Combine(_root, "rsyncd.conf");
        await File.WriteAllLinesAsync(configuration, Configuration(), cancellationToken);
        var plan = new EnclosurePlan(_root, [new Bind(DataDirectory, _dataPath)])
        {
            Command = ["rsync", "--daemon", "--no-detach", $"--config={configuration}"],
        };
        _enclosure = await Enclosure.StartAsync(plan, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (!await AnswersAsync(limit.Token)) await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(_address, _port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>With chroot, as in docs/agents.md: without it, Debian 12's rsync opens no file of a module whose path is the root.</summary>
    private IEnumerable<string> Configuration() =>
    [
        $"address = {_address}", $"port = {_port}", "use chroot = yes", "uid = 0", "gid = 0", "reverse lookup = no",
        $"log file = {Path.Combine(_root, "rsyncd.log")}", "[treepush]", "path = /", "read only = yes",
    ];
}
