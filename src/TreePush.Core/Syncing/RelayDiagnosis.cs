namespace TreePush.Core.Syncing;

/// <summary>Diagnoses why a relay does not run on a host, from the messages of the host's shell, of sudo, of the relay's start and of ssh.</summary>
public static class RelayDiagnosis
{
    private const string LibraryHint = "install OpenSSL's library there: apt-get install libssl3, dnf install openssl-libs";

    /// <summary>How many characters of the list of tried folders are shown: enough for four folders with their reasons.</summary>
    private const int TriedShown = 600;

    private static readonly (string Text, FailureKind Kind, string? Hint)[] LibrarySigns =
    [
        ("No usable version of libssl", FailureKind.RelayUnusable, LibraryHint),
        ("error while loading shared libraries", FailureKind.RelayUnusable, "install the library there: apt-get install libstdc++6 libssl3, dnf install libstdc++ openssl-libs"),
        ("GLIBC", FailureKind.RelayUnusable, "the host's C library is too old: the relay needs glibc 2.17 or later, or 2.27 (2018) if it was built without a C compiler"),
    ];

    private static readonly (string Text, FailureKind Kind, string? Hint)[] StartSigns =
    [
        .. LibrarySigns,
        ("a password is required", FailureKind.PrivilegeRefused, "allow sudo without a password: add the line NAME ALL=(ALL) NOPASSWD: ALL to sudoers, or log in as root"),
        ("must have a tty", FailureKind.PrivilegeRefused, "remove requiretty from that host's sudoers"),
        ("not in the sudoers", FailureKind.PrivilegeRefused, "add the login to sudoers, or log in as root"),
        ("not allowed to execute", FailureKind.PrivilegeRefused, "sudo must let the login run any command without a password"),
        ("sudo: not found", FailureKind.PrivilegeRefused, "install sudo on that host, log in as root, or omit --sudo"),
        ("sudo: No such file", FailureKind.PrivilegeRefused, "install sudo on that host, log in as root, or omit --sudo"),
        ("No space left on device", FailureKind.TargetDiskFull, "free space for the relay in the home directory or in /var/tmp"),
        ("Disk quota exceeded", FailureKind.TargetDiskFull, "free space for the relay in the home directory or in /var/tmp"),
        ("Read-only file system", FailureKind.RelayUnusable, "the relay needs a writable home directory or /var/tmp"),
        ("Permission denied", FailureKind.RelayUnusable, "programs must be allowed to run from the home directory or from /var/tmp (is it mounted noexec?)"),
    ];

    /// <summary>Returns the failure of a host with a platform that no relay was built for.</summary>
    /// <param name="platform">What <c>uname -sm</c> printed.</param>
    /// <param name="shipped">The platforms that there is a relay for.</param>
    public static Failure OfPlatform(Host host, string platform, IReadOnlyList<string> shipped) => new(
        FailureKind.RelayUnusable,
        $"{host} is {DisplayText.Line(platform, 60)}: there is no relay for it, only for {(shipped.Count > 0 ? string.Join(" and ", shipped) : "no platform at all")}",
        "leave the host out with -x, or push to it with a command: treepush 'rsync …' needs no relay");

    /// <summary>Returns the failure of a host with another C library than the relay's.</summary>
    public static Failure OfLoader(Host host, string loader) => new(
        FailureKind.RelayUnusable, $"{host} can't run the relay: it has no {DisplayText.Line(loader, 60)}, so it does not use glibc (does it use musl, as Alpine does?)",
        "push to it with a command: treepush 'rsync …' needs no relay");

    /// <summary>Returns the failure of a host without a folder that the relay can run from.</summary>
    /// <param name="tried">The folders that were tried, with the reason why each was rejected.</param>
    public static Failure OfNoPlace(Host host, string tried) => new(
        FailureKind.RelayUnusable, $"{host} has no folder to run the relay from: {DisplayText.Line(tried, TriedShown)}",
        "the relay needs one of these directories to be writable and to allow programs to run; $XDG_CACHE_HOME on that host can name another");

    /// <summary>Returns the failure of a host with too little space for the relay.</summary>
    /// <param name="tried"><inheritdoc cref="OfNoPlace" path="/param[@name='tried']"/></param>
    public static Failure OfNoRoom(Host host, long needed, string tried) => new(
        FailureKind.TargetDiskFull,
        $"{host} has no space for the relay, which needs {(needed + 999_999) / 1_000_000} MB: {DisplayText.Line(tried, TriedShown)}",
        "free space in one of these directories");

    /// <summary>Returns the failure of a host that could not store the relay.</summary>
    public static Failure OfPlacing(Host host, IReadOnlyList<string> complaints) =>
        Find(host, StartSigns, complaints, "could not store the relay")
        ?? new Failure(FailureKind.RelayUnusable, $"{host} could not store the relay" + Said(complaints));

    /// <summary>Returns the failure of a relay that did not start.</summary>
    /// <param name="status">The exit status of the shell, of sudo or of the relay; null if it was killed.</param>
    public static Failure OfStart(Host host, int? status, IReadOnlyList<string> complaints)
    {
        if (Find(host, StartSigns, complaints, "can't run the relay") is { } known) return known with { ExitCode = status };
        return new Failure(FailureKind.RelayUnusable, $"{host} can't run the relay: " + Status(status) + Said(complaints),
            status is 126 or 127 ? "may programs run from its home directory, or is it mounted noexec?" : null, status);
    }

    /// <summary>Returns the failure of a relay that started and ended without being asked to.</summary>
    /// <param name="status">The exit status of the relay; null if it was killed.</param>
    public static Failure OfEnd(Host host, int? status, IReadOnlyList<string> complaints)
    {
        if (Find(host, LibrarySigns, complaints, "can't run the relay") is { } known) return known with { ExitCode = status };
        return new Failure(FailureKind.RelayEnded, $"the relay on {host} ended: " + Status(status) + Said(complaints), null, status);
    }

    /// <summary>Returns the failure of a relay that started but did not report in time.</summary>
    public static Failure OfSilence(Host host) => new(
        FailureKind.RelayUnusable, $"the relay on {host} did not start in time", "is the host overloaded, or do its login scripts print without end?");

    private static Failure? Find(
        Host host, (string Text, FailureKind Kind, string? Hint)[] signs, IReadOnlyList<string> complaints, string what)
    {
        foreach (var (text, kind, hint) in signs)
            if (complaints.LastOrDefault(c => c.Contains(text, StringComparison.OrdinalIgnoreCase)) is { } line)
                return new Failure(kind, $"{host} {what}: {Shown(line)}", hint);
        return null;
    }

    private static string Status(int? status) => status is null ? "it was killed" : $"exit status {status}";

    private static string Said(IReadOnlyList<string> complaints) =>
        complaints.LastOrDefault(c => !string.IsNullOrWhiteSpace(c)) is { } line ? $": {Shown(line)}" : "";

    private static string Shown(string line) => OwnShell.Without(DisplayText.Line(line.Trim(), 200));
}
