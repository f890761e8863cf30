using System.Diagnostics;

namespace TreePush.Engine.Remote;

/// <summary>
/// The command prefix that starts a program in a session of its own and makes it ignore SIGINT. Ignoring also discards a
/// pending SIGINT. It changes nothing for what the program runs: a shell ignores SIGINT for its background commands
/// anyway.
/// </summary>
internal static class OwnSession
{
    /// <summary>
    /// setsid and GNU env; perl if one of them is missing; setsid alone if perl is missing too. With setsid alone, an
    /// early ^C may end a shell that unblocks SIGINT at its start.
    /// </summary>
    public static readonly IReadOnlyList<string> Words = Find();

    private static string[] Find()
    {
        if (OperatingSystem.IsWindows()) return [];
        string? setsid = ProgramPath.Find("setsid");
        if (setsid is not null && ProgramPath.Find("env") is { } env && CanIgnore(env)) return [setsid, env, "--ignore-signal=INT"];
        if (ProgramPath.Find("perl") is { } perl) return [perl, "-e", "use POSIX; POSIX::setsid(); $SIG{INT} = 'IGNORE'; exec @ARGV or exit 127"];
        return setsid is null ? [] : [setsid];
    }

    /// <summary>Only GNU env can ignore signals, since coreutils 8.31.</summary>
    private static bool CanIgnore(string env)
    {
        var start = new ProcessStartInfo(env, ["--ignore-signal=INT", env, "--version"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var trial = InterruptShield.Start(() => Process.Start(start)!);
        trial.StandardOutput.ReadToEnd();
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }
}
