using System.Diagnostics;

namespace TreePush.Engine.Remote;

/// <summary>
/// The words that put a program into a session of its own and have it ignore SIGINT, which also throws away one that came
/// before. Ignoring it changes nothing for what the program runs: a shell ignores SIGINT for its background commands anyway.
/// </summary>
internal static class OwnSession
{
    /// <summary>setsid and GNU env, or perl where one of them is missing. With setsid alone a shell that unblocks SIGINT at its start may be ended by an early ^C.</summary>
    public static readonly IReadOnlyList<string> Words = Find();

    private static string[] Find()
    {
        if (OperatingSystem.IsWindows()) return [];
        string? setsid = ProgramPath.Find("setsid");
        if (setsid is not null && ProgramPath.Find("env") is { } env && CanIgnore(env)) return [setsid, env, "--ignore-signal=INT"];
        if (ProgramPath.Find("perl") is { } perl) return [perl, "-e", "use POSIX; POSIX::setsid(); $SIG{INT} = 'IGNORE'; exec @ARGV or exit 127"];
        return setsid is null ? [] : [setsid];
    }

    /// <summary>Only GNU's env can, since coreutils 8.31.</summary>
    private static bool CanIgnore(string env)
    {
        var start = new ProcessStartInfo(env, ["--ignore-signal=INT", env, "--version"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var trial = InterruptShield.Start(() => Process.Start(start)!);
        trial.StandardOutput.ReadToEnd();
        trial.WaitForExit();
        return trial.ExitCode == 0;
    }
}
