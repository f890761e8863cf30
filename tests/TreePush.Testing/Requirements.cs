using System.Diagnostics;

namespace TreePush.Testing;

internal static class Requirements
{
    private static readonly (string Program, string Package)[] Programs =
    [
        ("/usr/sbin/sshd", "openssh-server"), ("/usr/bin/ssh", "openssh-client"), ("/usr/bin/ssh-keygen", "openssh-client"),
        ("/usr/bin/rsync", "rsync"), ("/usr/bin/unshare", "util-linux"), ("/usr/bin/nsenter", "util-linux"),
        ("/usr/bin/setsid", "util-linux"), ("/usr/bin/mount", "mount"), ("/bin/bash", "bash"),
    ];

    private static readonly (string Program, string Package)[] ProgramsForPrivate =
        [("/usr/sbin/ip", "iproute2"), ("/usr/sbin/tc", "iproute2"), ("/usr/sbin/nft", "nftables")];

    /// <summary>What the machine lacks for a fleet, in a sentence, or null.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
            return "A fleet of ssh hosts needs Linux, for its namespaces.";
        if (!Environment.IsPrivilegedProcess)
            return "A fleet of ssh hosts needs root, for its namespaces. hint: run the tests as root";
        return MissingOf(Programs) is { } missing ? missing
            : CanUnshare("--mount", "--pid", "--fork", "--kill-child", "--mount-proc") ? null
            : "This machine does not let root make namespaces. hint: a container needs --privileged";
    }

    /// <summary>What a private network needs besides.</summary>
    public static string? MissingForPrivate() => MissingOf(ProgramsForPrivate)
        ?? (CanUnshare("--net") ? null : "This machine does not let root make networks. hint: a container needs --privileged");

    private static string? MissingOf(IEnumerable<(string Program, string Package)> wanted)
    {
        var missing = wanted.Where(entry => !File.Exists(entry.Program)).ToList();
        if (missing.Count == 0)
            return null;
        var programs = string.Join(", ", missing.Select(entry => entry.Program));
        var packages = string.Join(' ', missing.Select(entry => entry.Package).Distinct());
        return $"A fleet of ssh hosts needs {programs}. hint: apt-get install -y {packages}";
    }

    private static bool CanUnshare(params string[] namespaces)
    {
        var start = new ProcessStartInfo("unshare", [.. namespaces, "true"])
        {
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
