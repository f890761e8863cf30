namespace TreePush.Core.Runs;

/// <summary>
/// What the exit status and the last lines of a transfer's command tell. The command may be anything, but most failures are
/// reported by ssh, rsync, scp or the shell, in texts that do not vary.
/// </summary>
/// <param name="Line">The line that names the cause. If no line does, the last line; if there is no output, empty.</param>
/// <param name="Tail">The last lines, fit for display.</param>
public sealed record CommandReport(CommandSign Sign, string Line, int Status, IReadOnlyList<string> Tail)
{
    /// <summary>How many lines are kept.</summary>
    private const int Kept = 5;

    private static readonly (string Text, CommandSign Sign)[] Signs =
    [
        ("REMOTE HOST IDENTIFICATION HAS CHANGED", CommandSign.HostKey),
        ("Host key verification failed", CommandSign.HostKey),
        ("Permission denied (publickey", CommandSign.Authentication),
        ("Permission denied (password", CommandSign.Authentication),
        ("Permission denied (keyboard", CommandSign.Authentication),
        ("Permission denied (gssapi", CommandSign.Authentication),
        ("Too many authentication failures", CommandSign.Authentication),
        ("@ERROR: auth failed", CommandSign.Authentication),
        ("@ERROR: access denied", CommandSign.Authentication),
        ("No space left on device", CommandSign.DiskFull),
        ("Disk quota exceeded", CommandSign.DiskFull),
        ("Connection refused", CommandSign.Unreachable),
        ("No route to host", CommandSign.Unreachable),
        ("Network is unreachable", CommandSign.Unreachable),
        ("Could not resolve hostname", CommandSign.Unreachable),
        ("Name or service not known", CommandSign.Unreachable),
        ("Connection timed out", CommandSign.Unreachable),
        ("Operation timed out", CommandSign.Unreachable),
        ("command not found", CommandSign.PeerLacksProgram),
        (": not found", CommandSign.PeerLacksProgram),
    ];

    /// <summary>The exit status in words.</summary>
    public string Exit => Line.Length > 0 ? $"exit status {Status}: {Line}" : $"exit status {Status}";

    /// <param name="output">The last lines of the command's output, oldest first.</param>
    public static CommandReport Of(int status, IReadOnlyList<string> output)
    {
        var tail = Shown(output);
        var (sign, line) = Find(status, tail);
        return new CommandReport(sign, line, status, tail);
    }

    /// <summary>The failure of a transfer that took too long.</summary>
    public static Failure OfTimeout(TimeSpan limit, IReadOnlyList<string> output) => new(
        FailureKind.TimedOut,
        $"the transfer took longer than {limit.TotalSeconds:0.###} s and was ended",
        "--timeout sets the limit for one transfer")
    {
        Tail = Shown(output),
    };

    private static List<string> Shown(IReadOnlyList<string> output) =>
        output.Where(l => !string.IsNullOrWhiteSpace(l)).TakeLast(Kept).Select(l => DisplayText.Line(l)).ToList();

    private static (CommandSign Sign, string Line) Find(int status, List<string> tail)
    {
        string last = tail.LastOrDefault() ?? "";
        if (status is 126 or 127 && tail.LastOrDefault(OwnShell.IsFrom) is { } own) return (CommandSign.NotFound, OwnShell.Without(own));
        foreach (var (text, sign) in Signs)
        {
            if (sign == CommandSign.PeerLacksProgram && status is not (127 or 12 or 14 or 1 or 255)) continue;
            if (tail.LastOrDefault(l => l.Contains(text, StringComparison.OrdinalIgnoreCase)) is { } line) return (sign, line);
        }

        return (status is > 128 and <= 192 ? CommandSign.Killed : CommandSign.None, last);
    }
}
