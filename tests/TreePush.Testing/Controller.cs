using System.Collections;
using System.Diagnostics;

namespace TreePush.Testing;

/// <summary>
/// The machine from which one pushes. Its programs have a /root of their own, with a key that every host accepts, so they
/// need no settings and never touch the real one; all else they share with the tests.
/// </summary>
public sealed class Controller : IAsyncDisposable
{
    private static readonly string[] Inherited = ["PATH", "LANG", "LC_ALL", "TZ"];

    private readonly string _root;
    private readonly string _dataPath;
    private readonly MachineNetwork? _network;
    private Enclosure? _enclosure;

    internal Controller(string root, string dataPath, IFleetNetwork network)
    {
        _root = root;
        _dataPath = dataPath;
        Address = network.ControllerAddress;
        _network = network.Connect("controller", Address);
    }

    /// <summary>Its own address in a private network.</summary>
    public string Address { get; }

    /// <inheritdoc cref="FleetHost.Network"/>
    public MachineNetwork Network => _network ?? throw new InvalidOperationException(FleetOptions.NotPrivate);

    /// <summary>What the controller's programs see at /root.</summary>
    public string HomeDirectory => Path.Combine(_root, "home");

    /// <summary>Starts a program under its own process id, leading a group of its own.</summary>
    public RunningProgram Start(string program, IReadOnlyList<string> arguments, ProgramOptions? options = null)
    {
        options ??= new ProgramOptions();
        var enclosure = _enclosure ?? throw new InvalidOperationException("The controller is not up.");

        // Each of these becomes the next by exec. A test run in the background may ignore signals; its programs must not.
        string[] network = _network is null ? [] : [$"--net={_network.NamespacePath}"];
        string[] command =
        [
            "nsenter", $"--mount=/proc/{enclosure.KeeperId}/ns/mnt", .. network, "--",
            "env", "--chdir", options.WorkingDirectory ?? _dataPath, "--default-signal", "--", program, .. arguments,
        ];
        var start = new ProcessStartInfo("setsid", command);
        SetEnvironment(start, options);
        return RunningProgram.Start(start, options.Input, options.Timeout);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It took too long and was killed; the message has its output so far.</exception>
    public async Task<ProgramResult> RunAsync(
        string program, IReadOnlyList<string> arguments, ProgramOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new ProgramOptions();
        await using var running = Start(program, arguments, options with { Input = options.Input ?? "" });
        return await running.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Starts an ssh agent that holds the fleet's key; it ends with the fleet.</summary>
    /// <returns>Its socket, for SSH_AUTH_SOCK.</returns>
    public async Task<string> StartAgentAsync(CancellationToken cancellationToken = default)
    {
        var socket = Path.Combine(_root, "agent");
        (await RunAsync("ssh-agent", ["-a", socket], cancellationToken: cancellationToken)).EnsureSuccess();
        var environment = new Dictionary<string, string?> { ["SSH_AUTH_SOCK"] = socket };
        (await RunAsync("ssh-add", ["-q"], new ProgramOptions { Environment = environment }, cancellationToken)).EnsureSuccess();
        return socket;
    }

    /// <summary>What runs on the controller, whoever started it: also what has become a daemon.</summary>
    public IReadOnlyList<FleetProcess> Processes(string marker = "") =>
    [
        .. _enclosure?.Processes().Where(process => process.State != 'Z'
            && process.CommandLine.Contains(marker, StringComparison.Ordinal)) ?? [],
    ];

    public Task WaitUntilGoneAsync(string marker, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Wait.UntilAsync(
            () => Processes(marker).Count == 0, timeout,
            () => $"on the controller still run: {string.Join(", ", Processes(marker))}", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_enclosure is { } enclosure)
        {
            _enclosure = null;
            await enclosure.DisposeAsync();
        }
    }

    internal async Task EncloseAsync(IEnumerable<string> visible, CancellationToken cancellationToken)
    {
        List<Bind> binds = [];
        foreach (var path in visible.Where(path => path.StartsWith($"{HostDirectory.RootHome}/", StringComparison.Ordinal)))
        {
            var target = Path.Combine(HomeDirectory, Path.GetRelativePath(HostDirectory.RootHome, path));
            Directory.CreateDirectory(target);
            binds.Add(new Bind(path, target));
        }

        binds.Add(new Bind(HomeDirectory, HostDirectory.RootHome));
        _enclosure = await Enclosure.StartAsync(
            new EnclosurePlan(_root, binds) { Network = _network?.NamespacePath }, cancellationToken);
    }

    private static void SetEnvironment(ProcessStartInfo start, ProgramOptions options)
    {
        start.Environment.Clear();
        foreach (var (name, value) in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => ((string)entry.Key, (string?)entry.Value))
            .Where(entry => Inherited.Contains(entry.Item1) || entry.Item1.StartsWith("DOTNET_", StringComparison.Ordinal)))
            start.Environment[name] = value;

        start.Environment["HOME"] = HostDirectory.RootHome;
        start.Environment["USER"] = start.Environment["LOGNAME"] = "root";
        foreach (var (name, value) in options.Environment)
        {
            start.Environment.Remove(name);
            if (value is not null)
                start.Environment[name] = value;
        }
    }
}
