using System.Diagnostics;

namespace TreePush.Testing;

/// <summary>
/// A mount namespace of its own and the process that keeps it. All that runs inside ends with the enclosure, and the
/// enclosure ends when its standard input does, so not even a test run that is killed leaves anything running.
/// </summary>
internal sealed class Enclosure : IAsyncDisposable
{
    private const string MountsFile = "mounts";
    private const string UpFile = "up";
    private const string ScriptFile = "enclosure";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Reading is what the first process does all its life: bash collects orphans that die meanwhile.
    // The loop at the end is for enclosures without process ids of their own; elsewhere the kernel does the same.
    private const string Script = """
        set -e
        place=$1; shift
        while IFS=$'\t' read -r from to options; do
            mount --rbind "$from" "$to"
            if [[ $options ]]; then mount -o "remount,bind,$options" "$to"; fi
        done < "$place/mounts"
        cd /
        if (( $# )); then "$@" < /dev/null & fi
        : > "$place/up"
        set +e
        read -r
        found=1
        while [[ $found ]]; do
            found=
            for process in /proc/[0-9]*; do
                id=${process#/proc/}
                if (( id != $$ )) && [[ $process/ns/mnt -ef /proc/$$/ns/mnt ]]; then kill -KILL "$id" && found=1; fi
            done
        done 2> /dev/null
        """;

    // The namespace may have been left by the mounts, or entered at another root: then this would run on the machine itself.
    private const string IfInside = """
        [ "$1" -ef "$2" ] || { echo "this is not inside the enclosure: $1 is not $2; nothing was run" >&2; exit 97; }
        shift 2
        exec "$@"
        """;

    private readonly Process _keeper;
    private readonly string _logPath;

    // Kept from the start: were it looked up when the keeper is dead, its id might by then be that of a stranger, and
    // freezing a host would freeze the machine.
    private string _name = "";

    private readonly Bind? _marker;

    private Enclosure(Process keeper, string logPath, Bind? marker) => (_keeper, _logPath, _marker) = (keeper, logPath, marker);

    /// <summary>A process in the enclosure; with process ids of its own it is the parent of the first one inside.</summary>
    public int KeeperId => _keeper.Id;

    /// <summary>Starts an enclosure in a directory that exists, and waits until its mounts stand.</summary>
    public static async Task<Enclosure> StartAsync(EnclosurePlan plan, CancellationToken cancellationToken)
    {
        var directory = plan.Directory;
        var logPath = Path.Combine(directory, "log");
        var upPath = Path.Combine(directory, UpFile);
        File.Delete(upPath);
        await File.WriteAllLinesAsync(
            Path.Combine(directory, MountsFile), plan.Binds.Select(bind => $"{bind.Source}\t{bind.Target}\t{bind.Options}"),
            cancellationToken);

        // From a file, so that no search through the command lines of a host's processes ever meets its text.
        var scriptPath = Path.Combine(directory, ScriptFile);
        await File.WriteAllTextAsync(scriptPath, Script, cancellationToken);

        string[] network = plan.Network is null ? [] : ["nsenter", $"--net={plan.Network}"];
        string[] processIds = plan.OwnProcessIds ? ["--pid", "--fork", "--kill-child", "--mount-proc"] : [];
        string[] unshare = [.. network, "unshare", "--mount", .. processIds];
        const string IntoLog = "log=$1; shift; exec setsid \"$@\" >> \"$log\" 2>&1";
        string[] arguments = ["-c", IntoLog, "sh", logPath, .. unshare, "bash", scriptPath, directory, .. plan.Command];
        var start = new ProcessStartInfo("sh", arguments) { RedirectStandardInput = true };
        var enclosure = new Enclosure(Process.Start(start)!, logPath, plan.Marker);
        try
        {
            await Wait.UntilAsync(
                () => File.Exists(upPath) || enclosure._keeper.HasExited, Patience,
                () => $"{directory} is not up.", cancellationToken);
            enclosure._name = ProcessTable.NamespaceOf(enclosure.KeeperId)
                ?? throw new InvalidOperationException($"An enclosure ended early. {enclosure.Failure()}");
            return enclosure;
        }
        catch
        {
            await enclosure.DisposeAsync();
            throw;
        }
    }

    /// <summary>Everything inside but the processes that make up the enclosure itself.</summary>
    public IReadOnlyList<FleetProcess> Processes() =>
        [.. ProcessTable.InNamespace(_name).Where(process => process.Id != KeeperId && process.IdOnHost != 1)];

    /// <summary>Runs a program inside, on top of the mounts that stand there. Nothing is run where the plan's marker does not stand.</summary>
    /// <exception cref="InvalidOperationException">The marker does not stand, or the program failed.</exception>
    public Task RunInsideAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var first = ProcessTable.InNamespace(_name).First(process => process.IdOnHost == 1);
        var marker = _marker ?? throw new InvalidOperationException("This enclosure has no marker to know it by.");
        string[] command =
        [
            "--target", $"{first.Id}", "--mount", "--pid", "--", "sh", "-c", IfInside, "sh", marker.Target, marker.Source, program, .. arguments,
        ];
        return Tool.RunAsync("nsenter", command, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _keeper.Kill(entireProcessTree: true);
            throw new TimeoutException($"An enclosure would not end and was killed. {Failure()}");
        }
        finally
        {
            _keeper.Dispose();
        }
    }

    private string Failure() => $"Its log, {_logPath}: {File.ReadAllText(_logPath)}";
}
