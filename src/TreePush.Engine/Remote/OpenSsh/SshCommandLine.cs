using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// The arguments of ssh. If an option is given twice, ssh uses the first, so the user's options come before the fixed
/// ones.
/// </summary>
internal static class SshCommandLine
{
    /// <summary>A connection that is not shared.</summary>
    public static IReadOnlyList<string> Connect(SshOptions options, Host host, bool asksPassword) =>
        [.. Common(options, asksPassword), "-o", "ControlMaster=no", "-o", "ControlPath=none", .. Destination(host), RemoteScript.Bootstrap];

    /// <summary>
    /// A connection that other sessions share through its socket. It lasts until this ssh's standard input is closed.
    /// </summary>
    public static IReadOnlyList<string> Share(SshOptions options, Host host, string socket, bool asksPassword) =>
        [.. Common(options, asksPassword), "-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-o", $"ControlPath={socket}", .. Destination(host), RemoteScript.Bootstrap];

    /// <summary>
    /// A session on a shared connection. If that is gone or takes no more sessions, ssh would silently make a new
    /// connection. The proxy command, which fails, prevents that. The user's options apply to the session as well: they
    /// can set variables (SendEnv, SetEnv). The options of the connection itself come before them.
    /// </summary>
    public static IReadOnlyList<string> Join(SshOptions options, Host host, string socket) =>
    [
        "-o", "ControlMaster=no", "-o", $"ControlPath={socket}", "-o", "ProxyCommand=exit 255", "-o", "LogLevel=ERROR",
        .. Common(options, asksPassword: false), .. Destination(host), RemoteScript.Bootstrap,
    ];

    /// <summary>
    /// Requests a forwarding, in the syntax of <c>-L</c> and <c>-R</c>, from the shared connection. ssh prints the port
    /// that the server chose.
    /// </summary>
    public static IReadOnlyList<string> Forward(Host host, string socket, string direction, string forwarding) =>
        ["-F", "none", "-o", $"ControlPath={socket}", "-o", "LogLevel=ERROR", "-O", "forward", direction, forwarding, .. Destination(host)];

    /// <summary>
    /// A connection of its own that forwards until its standard input is closed. ssh ends if the server refuses the
    /// forwarding.
    /// </summary>
    public static IReadOnlyList<string> ForwardAlone(SshOptions options, Host host, string direction, string forwarding, bool asksPassword) =>
    [
        "-o", "ClearAllForwardings=no", "-o", "ExitOnForwardFailure=yes", "-o", "LogLevel=INFO", direction, forwarding,
        .. Common(options, asksPassword), "-o", "ControlMaster=no", "-o", "ControlPath=none", .. Destination(host), RemoteScript.Bootstrap,
    ];

    /// <summary>
    /// The command line as it could be typed into a shell. It contains no secret: secrets are never in arguments.
    /// </summary>
    public static string Shown(IReadOnlyList<string> arguments) => "ssh " + string.Join(' ', arguments.Select(Word));

    private static string Word(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./:@%+,".Contains(c, StringComparison.Ordinal)) ? word : ShellWord.Quote(word);

    private static List<string> Common(SshOptions options, bool asksPassword)
    {
        List<string> words = ["-T"];
        if (options.ConfigFile is { } config) words.AddRange(["-F", config]);
        foreach (string option in options.Options) words.AddRange(["-o", option]);
        if (options.IdentityFile is { } key) words.AddRange(["-i", key]);
        if (options.ForwardAgent) words.Add("-A");
        string timeout = Math.Max(1, (int)Math.Ceiling(options.ConnectTimeout.TotalSeconds)).ToString();
        string[] fixedOptions =
        [
            .. asksPassword ? ["BatchMode=no", "NumberOfPasswordPrompts=1"] : new[] { "BatchMode=yes" }, "StrictHostKeyChecking=accept-new", $"ConnectTimeout={timeout}", "ServerAliveInterval=5", "ServerAliveCountMax=3",
            "ClearAllForwardings=yes", "RemoteCommand=none", "PermitLocalCommand=no", "LogLevel=ERROR",
            .. options.ForwardAgent ? [] : new[] { "ForwardAgent=no" },
        ];
        foreach (string option in fixedOptions) words.AddRange(["-o", option]);
        return words;
    }

    private static List<string> Destination(Host host)
    {
        List<string> words = [];
        if (host.Port != Host.DefaultPort) words.AddRange(["-p", host.Port.ToString()]);
        if (host.User is { } user) words.AddRange(["-l", user]);
        return [.. words, "--", host.Address];
    }
}
