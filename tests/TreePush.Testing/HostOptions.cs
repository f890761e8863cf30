namespace TreePush.Testing;

/// <summary>How one host of a fleet is made.</summary>
public sealed record HostOptions
{
    /// <summary>When given, the host's data lies on a disk of its own of this size, which can be filled.</summary>
    public long? DataTmpfsBytes { get; init; }

    /// <summary>Programs that this host has not got: looking for them ends in "command not found" (127).</summary>
    public IReadOnlyList<string> HiddenPrograms { get; init; } = [];

    /// <summary>Sessions that one ssh connection may carry.</summary>
    public int MaxSessions { get; init; } = 10;

    /// <summary>Root's login shell on this host, where it is not to be the machine's.</summary>
    public string? LoginShell { get; init; }

    /// <summary>
    /// Who logs in instead of root, with a home below /home and the right to `sudo -n` anything. Needs the package sudo
    /// (<see cref="MissingSudo"/>).
    /// </summary>
    public string? LoginUser { get; init; }

    /// <summary>The processor that `uname` reports, where it is not to be the machine's: aarch64.</summary>
    public string? Processor { get; init; }

    /// <summary>Whether the host has an arm64 processor, as far as its programs can tell: they run emulated. Needs what <see cref="MissingArm64"/> says.</summary>
    public bool IsArm64 { get; init; }

    /// <summary>Whether no program finds libssl on the host.</summary>
    public bool HidesLibssl { get; init; }

    /// <summary>Whether nothing that lies in the home can be executed.</summary>
    public bool HomeIsNoexec { get; init; }

    /// <summary>Whether ssh may forward ports to and from the host.</summary>
    public bool ForwardsPorts { get; init; } = true;

    /// <summary>What the machine lacks for a <see cref="LoginUser"/>, in a sentence, or null.</summary>
    public static string? MissingSudo() =>
        File.Exists(HostAccounts.Sudo) ? null : "Logging in as another than root needs sudo. hint: apt-get install -y sudo";

    /// <summary>What the machine lacks for <see cref="IsArm64"/>, in a sentence, or null.</summary>
    public static string? MissingArm64() => Arm64.Missing();

    /// <summary>Further lines for sshd_config; they win over the fleet's own.</summary>
    public IReadOnlyList<string> SshdLines { get; init; } = [];
}
