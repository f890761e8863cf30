using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>
/// Brings a package to many hosts by a sync: each host passes on what it has. Any number of packages can be under way, over the same
/// connections.
/// </summary>
/// <param name="drivers">The ways to hosts, by password.</param>
/// <param name="newWork">Makes the sync for a SRC here and a DEST there. It should compare by checksum: equal size and time prove nothing of a package.</param>
public sealed class FleetDelivery(DriverBook drivers, Func<string, string, Work> newWork, TimeProvider time)
{
    private static readonly Host[] ThisMachine = [new("local")];

    private readonly HomeFolders _homes = new(drivers);
    private readonly Lock _gate = new();
    private DateTimeOffset _lastRun;

    /// <summary>Makes the folder that keeps a run's journal; null where none is kept.</summary>
    public Func<RunRequest, RunFolder>? NewStore { get; init; }

    /// <summary>Gets ssh's command lines, and what relays print; null for nobody.</summary>
    public Action<string>? Debug { get; init; }

    /// <param name="hosts">Other machines than this one, each once.</param>
    /// <param name="each">Told of each host once, as soon as its receipt is there or it has failed; of one host at a time.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; some hosts may not have been told of.</exception>
    public async Task DeliverAsync(StagedPackage package, string folder, IReadOnlyList<HostAccess> hosts, Action<HostName, DeliveryOutcome> each, CancellationToken ct)
    {
        var watch = new ReceiptWatch(package, folder, hosts, _homes, each, ct);
        try
        {
            MakeReadable(package.File);
            var request = RequestOf(package, folder, hosts);
            using var store = NewStore?.Invoke(request);
            await new Runner(new AccessDriver(drivers, hosts), time, Debug).RunAsync(request, [watch], store, controls: null, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RunFolderException)
        {
            watch.Fail(new Failure(FailureKind.ControllerFault, $"{DisplayText.Line(package.Name, 200)} can't be delivered: {DisplayText.Line(e.Message, 200)}"));
        }
        finally
        {
            await watch.EndAsync();
        }

        ct.ThrowIfCancellationRequested();
        watch.Fail(new Failure(FailureKind.Interrupted, "the run ended before this host was tried"));
    }

    private RunRequest RequestOf(StagedPackage package, string folder, IReadOnlyList<HostAccess> hosts) => new()
    {
        Run = NewRunId(),
        Command = $"dispatch {DisplayText.Line(package.Name)} to {folder}",
        Sources = ThisMachine,
        Targets = [.. hosts.Select(h => h.Host)],
        Work = newWork(package.File, Destination(folder, package.Name)),
    };

    /// <summary>DEST, in which a dollar sign begins a variable unless it is doubled.</summary>
    internal static string Destination(string folder, string name)
    {
        string below = folder == "~" ? "" : folder.StartsWith("~/", StringComparison.Ordinal) ? folder[2..].TrimStart('/') : folder;
        string path = DeliveryFailure.PathIn(below, name);
        return (path.StartsWith('/') ? path : $"~/{path}").Replace("$", "$$", StringComparison.Ordinal);
    }

    /// <summary>A sync keeps the mode of SRC. The folder around the staged copy keeps others out of it, so that its own mode may be the usual one of files.</summary>
    private static void MakeReadable(string file)
    {
        if (OperatingSystem.IsWindows()) return;
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode enter = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if ((File.GetUnixFileMode(Path.GetDirectoryName(file)!) & enter) == 0) File.SetUnixFileMode(file, File.GetUnixFileMode(file) | others);
    }

    /// <summary>Two runs that begin together must not have one id: it names their folders, and their pieces.</summary>
    private string NewRunId()
    {
        const long step = TimeSpan.TicksPerSecond / 65_536 + 1;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var next = _lastRun.AddTicks(step);
            _lastRun = now > next ? now : next;
            return RunId.New(_lastRun);
        }
    }
}
