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

    /// <summary>Further lines for sshd_config; they win over the fleet's own.</summary>
    public IReadOnlyList<string> SshdLines { get; init; } = [];
}
