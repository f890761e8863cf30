using System.Diagnostics;

namespace TreePush.Testing;

internal static class Requirements
{
    private static readonly string[] Programs = ["sshd", "ssh", "ssh-keygen", "rsync", "unshare", "nsenter", "setsid", "mount", "bash"];
    private static readonly string[] ProgramsForPrivate = ["ip", "tc", "nft"];

    /// <summary>What the machine lacks for a fleet, in a sentence, or null.</summary>
    public static string? Missing()
    {
        if (!OperatingSystem.IsLinux())
            return "A fleet of ssh hosts needs Linux, for its namespaces.";
        if (!Environment.IsPrivilegedProcess)
            return "A fleet of ssh hosts needs root, for its namespaces. hint: run the tests as root";
        return Needs.MissingOf(Programs) is { } missing ? missing
            : CanUnshare("--mount", "--pid", "--fork", "--kill-child", "--mount-proc") ? null
            : "This machine does not let root make namespaces. hint: a container needs --privileged";
    }

    /// <summary>What a private network needs besides.</summary>
    public static string? MissingForPrivate() => Needs.MissingOf(ProgramsForPrivate)
        ?? (CanUnshare("--net") ? null : "This machine does not let root make networks. hint: a container needs --privileged");

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
