namespace TreePush.Core.Runs;

/// <summary>
/// Tells the causes of OpenSSH's exit status 255 apart by ssh's messages. The texts are those of OpenSSH 7 to 10 and of the C
/// library. ssh prints them in English in every locale.
/// </summary>
public static class SshDiagnosis
{
    private static readonly (string Text, FailureKind Kind)[] Signs =
    [
        ("REMOTE HOST IDENTIFICATION HAS CHANGED", FailureKind.HostKeyMismatch),
        ("Host key verification failed", FailureKind.HostKeyMismatch),
        ("No matching host key", FailureKind.HostKeyMismatch),
        ("Permission denied (", FailureKind.HostAuthentication),
        ("Too many authentication failures", FailureKind.HostAuthentication),
        ("Connection refused", FailureKind.HostRefused),
        ("Could not resolve hostname", FailureKind.HostUnreachable),
        ("No route to host", FailureKind.HostUnreachable),
        ("Network is unreachable", FailureKind.HostUnreachable),
        ("Operation timed out", FailureKind.HostUnreachable),
        ("Connection timed out", FailureKind.HostUnreachable),
        ("Timeout, server", FailureKind.ConnectionLost),
        ("Connection reset", FailureKind.ConnectionLost),
        ("Connection closed", FailureKind.ConnectionLost),
        ("closed by remote host", FailureKind.ConnectionLost),
        ("Broken pipe", FailureKind.ConnectionLost),
        ("kex_exchange_identification", FailureKind.ConnectionLost),
        ("banner exchange", FailureKind.ConnectionLost),
    ];

    /// <summary>Returns why a source could not be connected to.</summary>
    /// <param name="complaints">The lines that ssh printed to its standard error.</param>
    public static Failure OfConnection(Host source, IReadOnlyList<string> complaints)
    {
        var kind = KindOf(complaints) ?? FailureKind.HostUnusable;
        return Of(kind, source, Said(complaints));
    }

    /// <summary>Returns a failure of this kind, with the message that all ssh clients share.</summary>
    /// <param name="said">The client's own message.</param>
    public static Failure Of(FailureKind kind, Host source, string said) => new(kind, Message(kind, source, said), Hint(kind, source));

    /// <summary>The hint for a login script that disturbs the session.</summary>
    public const string LoginScriptHint =
        "does a login script on that host (.profile, .bashrc, .config/fish) wait, read its input, print without end or start another shell? it must not do this in sessions without a terminal";

    /// <summary>Returns the failure of a source that accepted the login but started no shell in time.</summary>
    public static Failure OfSilence(Host source) =>
        new(FailureKind.HostUnusable, $"{source} accepted the connection but started no shell in time", LoginScriptHint);

    /// <summary>Returns the failure of a source whose shell gave an unexpected answer: something else has read the shell's input.</summary>
    public static Failure OfLoginScript(Host source) =>
        new(FailureKind.HostUnusable, $"{source} started no shell: a login script on that host read its input", LoginScriptHint);

    /// <summary>Returns the failure of a host whose ssh server does not forward connections.</summary>
    public static Failure OfForwarding(Host host, IReadOnlyList<string> complaints)
    {
        string said = Said(complaints);
        return new Failure(FailureKind.ForwardingRefused, $"the ssh server of {host} forwards no connections" + (said.Length > 0 ? $": {said}" : ""),
            "AllowTcpForwarding in its sshd_config allows it; otherwise the hosts must reach each other's ports");
    }

    /// <summary>Returns why a connection in use was lost.</summary>
    public static Failure OfLoss(Host source, IReadOnlyList<string> complaints)
    {
        string said = Said(complaints);
        return new Failure(FailureKind.ConnectionLost, $"the connection to {source} was lost" + (said.Length > 0 ? $": {said}" : ""));
    }

    /// <summary>Whether ssh's messages say that the connection broke. If they do not, the program that ran over it ended.</summary>
    public static bool IsLoss(IReadOnlyList<string> complaints) => KindOf(complaints) is FailureKind.ConnectionLost;

    private static FailureKind? KindOf(IReadOnlyList<string> complaints)
    {
        foreach (var (text, kind) in Signs)
            if (complaints.Any(c => c.Contains(text, StringComparison.OrdinalIgnoreCase))) return kind;
        return null;
    }

    private static string Message(FailureKind kind, Host source, string said) => kind switch
    {
        FailureKind.HostKeyMismatch => $"the host key of {source} differs from the known key: the key was changed, or another machine answers",
        FailureKind.HostAuthentication => $"{source} refused the login: {said}",
        FailureKind.HostRefused => $"{source} refused the connection: nothing listens on port {source.Port}",
        FailureKind.HostUnreachable => $"{source} can't be reached: {said}",
        FailureKind.ConnectionLost => $"{source} dropped the connection: {said}",
        _ => $"{source} started no shell" + (said.Length > 0 ? $": {said}" : ""),
    };

    private static string? Hint(FailureKind kind, Host source) => kind switch
    {
        FailureKind.HostKeyMismatch =>
            $"if the change is correct, remove the old key: ssh-keygen -R {KnownHostsName(source)}",
        FailureKind.HostAuthentication =>
            $"try: ssh {(source.Port == Host.DefaultPort ? "" : $"-p {source.Port} ")}{(source.User is { } user ? user + "@" : "")}{source.Address}; -i names a key, ssh-agent holds one with a passphrase, --ask-pass asks for a password if the host accepts one",
        FailureKind.HostRefused => "is sshd running on that host, and is the port correct? in a list: 'host port user'; with -s: host:port",
        FailureKind.HostUnreachable => "is the name correct, is the host up, and does a firewall block the port? -t sets the connection timeout",
        FailureKind.HostUnusable => "the account must be able to run sh over ssh",
        _ => null,
    };

    private static string KnownHostsName(Host host) => host.Port == Host.DefaultPort ? host.Address : $"'[{host.Address}]:{host.Port}'";

    private static string Said(IReadOnlyList<string> complaints)
    {
        string line = complaints.LastOrDefault(c => Signs.Any(s => c.Contains(s.Text, StringComparison.OrdinalIgnoreCase)))
            ?? complaints.LastOrDefault(c => !string.IsNullOrWhiteSpace(c)) ?? "";
        return DisplayText.Line(line.Trim(), 200);
    }
}
