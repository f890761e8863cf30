namespace TreePush.Engine.Remote.Ssh;

/// <summary>The user's ssh options.</summary>
public sealed record SshOptions
{
    public SshClientKind Client { get; init; }

    /// <summary>How long to wait for a connection (<c>-t</c>).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A configuration file to use instead of the user's own (<c>-F</c>).</summary>
    public string? ConfigFile { get; init; }

    /// <summary>A private key (<c>-i</c>).</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Whether sources may use the controller's ssh-agent (<c>-A</c>).</summary>
    public bool ForwardAgent { get; init; }

    /// <summary>Further options in the syntax of ssh_config (<c>--ssh-option</c>); they override all others.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The name or path of the ssh program.</summary>
    internal string Program { get; init; } = "ssh";

    /// <summary>Whether several sessions share a connection. OpenSSH's client on Windows can't, the builtin client can.</summary>
    public bool ShareConnections { get; init; } = true;
}
