using System.Text;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote;

/// <summary>
/// The commands that are sent to a host's shell. The command line that <c>ps</c> and the login shell see is always the
/// same <see cref="Bootstrap"/>; everything that depends on the run follows on standard input, as one line of POSIX
/// shell. The rest of standard input is a heartbeat: a line every <see cref="HeartbeatEvery"/>. If the input ends, or no
/// heartbeat comes for <see cref="Patience"/>, the shell ends its whole process group, so that a command never outlives
/// its controller.
/// </summary>
internal static class RemoteScript
{
    /// <summary>Reads one line and runs it. The shell's own <c>read</c> consumes no byte beyond the line.</summary>
    public const string Bootstrap = "sh -c 'IFS= read -r s && eval \"$s\"' " + OwnShell.Name;

    /// <summary>The same, as arguments for starting sh without another shell in between.</summary>
    public static readonly string[] BootstrapArguments = ["-c", "IFS= read -r s && eval \"$s\"", OwnShell.Name];

    public static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(3);

    /// <summary>How long a host waits for a heartbeat.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// <see cref="Patience"/> is split into this many naps. After each nap the watchdog checks whether the command still
    /// runs.
    /// </summary>
    private const int Naps = 3;

    /// <summary>
    /// The watchdog over standard input. One child reads heartbeats. A second child naps for <see cref="Patience"/>, and
    /// is replaced at each heartbeat. <c>m</c> is the shell that runs the command: without it there is nothing to end, so
    /// that a watchdog that was left over harms no later process.
    /// </summary>
    private static readonly string Watch = $$"""
        stop() { kill -0 $m 2>/dev/null || exit 0; trap '' TERM; kill -TERM 0; sleep 2; kill -KILL 0; };
        doze() { trap 'kill $k 2>/dev/null; exit 0' TERM; for i in 1 2 {{Naps}}; do sleep {{(int)Patience.TotalSeconds / Naps}} & k=$!; wait $k; kill -0 $m || exit 0; done; stop; };
        watch() { t=; trap 'kill $t 2>/dev/null; exit 0' TERM; exec >/dev/null 2>&1; doze & t=$!;
        while read -r b <&3; do kill $t; doze & t=$!; done; kill $t; stop; };
        """.ReplaceLineEndings(" ");

    /// <summary>Runs a command under the watchdog. Reports on standard error, behind a mark, that the command starts, and then its status.</summary>
    public static string Run(RemoteCommand command, string mark)
    {
        var script = new StringBuilder(SayStarted(mark)).Append("; ").Append(ShellWord.SetNewline).Append("; m=$$; exec 3<&0 </dev/null; ");
        foreach (var (name, value) in command.Variables) script.Append("export ").Append(name).Append('=').Append(ShellWord.Quote(value)).Append("; ");
        if (command.UserOf is { } host) script.Append(FindUser(host));
        script.Append(Watch)
            .Append("c=").Append(ShellWord.Quote(command.Text)).Append("; ")
            .Append("watch & w=$!; ( eval \"$c\" ) 3<&- & p=$!; wait $p; s=$?; kill $w 2>/dev/null; ")
            .Append(Report(mark));
        return script.ToString();
    }

    /// <summary>What <see cref="Hold"/> prints behind the mark.</summary>
    public const string Ready = " ready";

    /// <summary>Asks a waiting shell for a sign of life. The shell answers with a newline.</summary>
    public static readonly byte[] Question = "\n"u8.ToArray();

    /// <summary>
    /// Prints that the shell is ready, then waits for one more line to run, or for the end of its input. Empty lines are
    /// <see cref="Question"/>s.
    /// </summary>
    public static string Hold(string mark) => $"echo '{mark}{Ready}'; while IFS= read -r s; do case $s in '') echo;; *) eval \"$s\"; exit;; esac; done";

    /// <summary>A mark that no output contains by chance.</summary>
    public static string NewMark() => $"treepush-{Guid.NewGuid():n}";

    /// <summary>Says behind a mark that the shell is there, and has it run one more line. Until that line is sent, nothing has been run.</summary>
    public static string Greet(string mark) => $"{SayStarted(mark)}; IFS= read -r s && eval \"$s\"";

    /// <summary>What follows the mark of <see cref="Greet"/>, and of <see cref="Run"/> before the command.</summary>
    public const string Started = "started";

    /// <summary>Says the status in <c>s</c> behind a mark, and ends with it.</summary>
    public static string Report(string mark) => $"echo '{mark}' $s >&2; exit $s";

    private static string SayStarted(string mark) => $"echo '{mark} {Started}' >&2";

    /// <summary>
    /// The login name that ssh, on the machine that runs the command, would use for the host: from its ssh_config,
    /// otherwise the user's own.
    /// </summary>
    private static string FindUser(Host host) => $"TPUSH_USER=$(ssh -G -p {host.Port} {ShellWord.Quote(host.Address)} 2>/dev/null | sed -n 's/^user //p'); [ -n \"$TPUSH_USER\" ] || TPUSH_USER=$(id -un); export TPUSH_USER; ";
}
