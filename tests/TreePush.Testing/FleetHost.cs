
namespace TreePush.Testing;

/// <summary>
/// A host of the fleet: an sshd at an address of its own, whose sessions have their own /root, /tmp, data and processes.
/// Paths are those at which the tests see the host's files.
/// </summary>
public sealed class FleetHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HostOptions _options;
    private readonly HostDirectory _directory;
    private readonly HashSet<string> _hidden;
    private readonly MachineNetwork? _network;
    private HostDisk? _disk;
    private Enclosure? _enclosure;

    internal FleetHost(HostPlace place, IFleetNetwork network, string fleetRoot, HostOptions options)
    {
        (Index, Zone, Address) = place;
        Port = network.SshPortAt(Address);
        _network = network.Connect($"host{Index}", Address);
        _options = options;
        _hidden = [.. options.HiddenPrograms];
        _directory = new HostDirectory(fleetRoot, $"{Index}", options);
    }

    public int Index { get; }

    public int Zone { get; }

    public string Address { get; }

    public int Port { get; }

    /// <summary>What only a machine in a private network has.</summary>
    /// <exception cref="InvalidOperationException">The fleet is on loopback.</exception>
    public MachineNetwork Network => _network ?? throw new InvalidOperationException(FleetOptions.NotPrivate);

    /// <summary>Who logs in.</summary>
    public string User => _options.LoginUser ?? "root";

    /// <summary>user@address:port, as a list of sources has it.</summary>
    public string Endpoint => $"{User}@{Address}:{Port}";

    /// <summary>The host's own tree, which it sees at the fleet's DataPath.</summary>
    public string DataDirectory => Disk.DataDirectory;

    /// <summary>What the host sees at the home of <see cref="User"/>: /root, or below /home.</summary>
    public string HomeDirectory => _directory.Home;

    /// <summary>What the host sees at /tmp; a directory of the fleet's is always in it.</summary>
    public string TempDirectory => _directory.Temp;

    /// <summary>Who may log in: take lines away and the host refuses.</summary>
    public string AuthorizedKeysPath => Path.Combine(HomeDirectory, ".ssh", "authorized_keys");

    public bool IsUp => _enclosure is not null;

    private HostDisk Disk => _disk ?? throw new InvalidOperationException("The host was not made yet.");

    /// <summary>What its sshd has logged so far.</summary>
    public Task<string> ReadLogAsync(CancellationToken cancellationToken = default) =>
        File.ReadAllTextAsync(_directory.Log, cancellationToken);

    /// <summary>Starts a host that was stopped, at the same address and with the same files.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (IsUp)
            return;
        new HiddenPrograms(_directory.Covers).Forget();
        var plan = new EnclosurePlan(_directory.Root, _directory.Binds(DataDirectory))
        {
            OwnProcessIds = true,
            Network = _network?.NamespacePath,
            Marker = _directory.TempBind,
            Command = ["/usr/sbin/sshd", "-D", "-e", "-f", _directory.SshdConfig],
        };
        _enclosure = await Enclosure.StartAsync(plan, cancellationToken);
        foreach (var program in _hidden)
            await CoverAsync(_enclosure, program, cancellationToken);
        if (_options.HidesLibssl)
            await new HiddenPrograms(_directory.Covers).HideLibsslAsync(_enclosure, cancellationToken);
        if (_directory.Arm64 is { } arm64)
            await arm64.ShowAsync(_enclosure, new HiddenPrograms(_directory.Covers), cancellationToken);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            while (!await SshBanner.AnswersAsync(Address, Port, _network, limit.Token))
                await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Host {Endpoint} does not answer. Its log: {await ReadLogAsync(CancellationToken.None)}");
        }
    }

    /// <summary>Ends sshd and all that runs on the host, at once. The files stay.</summary>
    public async Task StopAsync()
    {
        if (_enclosure is { } enclosure)
        {
            _enclosure = null;
            await enclosure.DisposeAsync();
        }
    }

    /// <summary>
    /// Halts everything on the host: connections stay open and say nothing, as when a cable is pulled.
    /// New ones are accepted by the kernel and never greeted.
    /// </summary>
    public Task FreezeAsync(CancellationToken cancellationToken = default) => Wait.UntilAsync(
        () =>
        {
            // Until one look finds nobody awake, as whoever was awake may have started somebody.
            var awake = All().Where(process => process.State is not ('T' or 'Z' or 'X')).ToList();
            awake.ForEach(process => Signals.Send(process.Id, Signal.Stop));
            return awake.Count == 0;
        },
        Patience, () => $"host {Endpoint} did not freeze.", cancellationToken);

    /// <summary>Lets a frozen host go on where it was.</summary>
    public void Thaw()
    {
        foreach (var process in All())
            Signals.Send(process.Id, Signal.Continue);
    }

    /// <summary>Restarts the host with another host key, as one that was installed anew.</summary>
    public async Task ChangeHostKeyAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await SshKeys.CreateAsync(_directory.HostKey, cancellationToken);
        await StartAsync(cancellationToken);
    }

    /// <summary>Leaves that many bytes of room for data. Only for a host with <see cref="HostOptions.DataTmpfsBytes"/>.</summary>
    public Task FillDiskAsync(long bytesLeft = 0, CancellationToken cancellationToken = default) =>
        Disk.FillAsync(bytesLeft, cancellationToken);

    /// <summary>Gives back the room that filling took.</summary>
    public void FreeDisk() => Disk.Free();

    /// <summary>
    /// Lets nobody on the host write its data any more, though sessions that write at this moment keep it from being
    /// done. Undone when the host is restarted.
    /// </summary>
    public Task MakeDataReadOnlyAsync(CancellationToken cancellationToken = default) => RunningEnclosure.RunInsideAsync(
        "mount", ["-o", "remount,bind,ro", _directory.DataPath], cancellationToken);

    /// <summary>Takes a program from the host, for good: looking for it ends in "command not found" (127).</summary>
    public async Task RemoveProgramAsync(string program, CancellationToken cancellationToken = default)
    {
        _hidden.Add(program);
        if (_enclosure is { } enclosure)
            await CoverAsync(enclosure, program, cancellationToken);
    }

    /// <summary>Runs a shell script as the host's root, and waits for it: to mount something, say. What it mounts is gone when the host is stopped.</summary>
    /// <exception cref="InvalidOperationException">The host is down, or the script failed.</exception>
    public Task AdministerAsync(string script, CancellationToken cancellationToken = default)
    {
        var enclosure = _enclosure ?? throw new InvalidOperationException($"Host {Endpoint} is down.");
        return enclosure.RunInsideAsync("sh", ["-ec", script], cancellationToken);
    }

    /// <summary>What runs on the host but for the listening sshd: sessions, and what they have started or left behind.</summary>
    /// <param name="marker">Only those whose command line contains this.</param>
    public IReadOnlyList<FleetProcess> Processes(string marker = "") =>
    [
        .. All().Where(process => process.State != 'Z'
            && process.CommandLine.Contains(marker, StringComparison.Ordinal)
            && !process.CommandLine.Contains("[listener]", StringComparison.Ordinal)),
    ];

    /// <summary>What runs on the host under the name of a program.</summary>
    public IReadOnlyList<FleetProcess> ProcessesOf(string program) =>
        [.. Processes().Where(process => process.Name == program[..Math.Min(program.Length, FleetProcess.MaxNameLength)])];

    /// <summary>Signals all processes of a program, and of no other.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public void SignalProcesses(string program, Signal signal)
    {
        var processes = ProcessesOf(program);
        if (processes.Count == 0)
            throw new InvalidOperationException($"No {program} runs on {Endpoint}: {string.Join(", ", Processes())}");
        foreach (var process in processes)
            Signals.Send(process.Id, signal);
    }

    /// <summary>Ends all processes of a program and waits until they have gone.</summary>
    public Task KillProcessAsync(
        string program, Signal signal = Signal.Kill, CancellationToken cancellationToken = default)
    {
        SignalProcesses(program, signal);
        return Wait.UntilAsync(
            () => ProcessesOf(program).Count == 0, Patience, () => $"{program} still runs on {Endpoint}.", cancellationToken);
    }

    public bool IsRunning(string marker) => Processes(marker).Count > 0;

    public Task WaitUntilRunningAsync(string marker, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Wait.UntilAsync(
            () => IsRunning(marker), timeout, () => $"nothing with \"{marker}\" runs on {Endpoint}.", cancellationToken);

    public Task WaitUntilGoneAsync(string marker, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        Wait.UntilAsync(
            () => !IsRunning(marker), timeout,
            () => $"on {Endpoint} still run: {string.Join(", ", Processes(marker))}", cancellationToken);

    public async ValueTask DisposeAsync() => await StopAsync();

    internal async Task PrepareAsync(string clientKey, bool holdsKey, CancellationToken cancellationToken)
    {
        _directory.Create();
        await SshKeys.FurnishAsync(HomeDirectory, clientKey, holdsKey, "StrictHostKeyChecking accept-new\n", cancellationToken);
        await SshKeys.CreateAsync(_directory.HostKey, cancellationToken);
        await _directory.ConfigureAsync(Address, Port, cancellationToken);
        _disk = await HostDisk.CreateAsync(
            _directory.Disk, _options.DataTmpfsBytes, inMemory: _network is not null, cancellationToken);
    }

    private Enclosure RunningEnclosure => _enclosure ?? throw new InvalidOperationException($"Host {Endpoint} is not up.");

    private IReadOnlyList<FleetProcess> All() => _enclosure?.Processes() ?? [];

    private async Task CoverAsync(Enclosure enclosure, string program, CancellationToken cancellationToken)
    {
        var covers = new HiddenPrograms(_directory.Covers);
        foreach (var directory in HiddenPrograms.DirectoriesWith(program))
            await covers.HideAsync(enclosure, directory, program, cancellationToken);
    }
}
