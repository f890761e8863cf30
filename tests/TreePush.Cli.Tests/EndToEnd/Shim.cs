using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>Programs of the controller that behave otherwise than usual, by standing first in its PATH.</summary>
internal static class Shim
{
    /// <summary>
    /// Makes transfers from the controller as slow as the others need: after its first, none ends before another source
    /// has begun one. So whoever has been served must serve, however fast or slow the machine is.
    /// </summary>
    /// <returns>The settings under which treepush meets the slow program.</returns>
    public static ProgramOptions SlowAtTheController(Workplace work, string program)
    {
        string script = $$"""
            #!/bin/sh
            "$(PATH=${PATH#*:} command -v {{program}})" "$@" || exit
            mkdir first 2>/dev/null && exit 0
            until ls logs/*/*_from_*.log | grep -qv '_from_127.0.0.1.log$'; do sleep 0.05; done
            """;
        Write(work, program, script);
        return WithPath(work);
    }

    /// <summary>
    /// Keeps children of the controller in its process group until the file <c>go</c> is there, and writes the file
    /// <c>waiting</c> when one waits: a ^C then meets what it otherwise meets for a millisecond only.
    /// </summary>
    /// <param name="words">Part of the command line of those children.</param>
    public static ProgramOptions LateSession(Workplace work, string words)
    {
        string script = $$"""
            #!/bin/bash
            case $* in *'{{words}}'*) touch waiting; until [ -e go ]; do sleep 0.02; done;; esac
            exec /usr/bin/setsid "$@"
            """;
        Write(work, "setsid", script);
        return WithPath(work);
    }

    private static void Write(Workplace work, string program, string script)
    {
        Directory.CreateDirectory(work["bin"]);
        string path = work.Write(Path.Combine("bin", program), script + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static ProgramOptions WithPath(Workplace work) => new()
    {
        Environment = new Dictionary<string, string?> { ["PATH"] = $"{work["bin"]}:{Environment.GetEnvironmentVariable("PATH")}" },
    };
}
