using System.Diagnostics;

namespace TreePush.Testing;

/// <summary>
/// Takes away a fleet's directory with the disks in it, when told to or when the test run has gone without a word.
/// </summary>
internal sealed class Janitor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Of a fleet that was not ended in order, processes may write for another moment. rm, because hosts may hold file
    // names that are no text.
    private const string Script = """
        exec > /dev/null 2>&1
        root=$1
        read -r _
        for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
            while read -r _ mount _; do
                case $mount in "$root"/*) umount --lazy "$mount" ;; esac
            done < /proc/self/mounts
            rm -rf --one-file-system "$root" && exit
            sleep 0.25
        done
        exit 1
        """;

    private readonly Process _process;
    private readonly string _root;

    private Janitor(Process process, string root)
    {
        _process = process;
        _root = root;
    }

    /// <param name="root">The directory to remove; its path is an absolute one, without spaces.</param>
    public static Janitor Engage(string root)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "sh", root]) { RedirectStandardInput = true };
        return new Janitor(Process.Start(start)!, root);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
        var code = _process.ExitCode;
        _process.Dispose();
        if (code != 0)
            throw new InvalidOperationException($"{_root} could not be removed.");
    }
}
