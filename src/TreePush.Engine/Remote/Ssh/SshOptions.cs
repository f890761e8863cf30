namespace TreePush.Engine.Remote.Ssh;

/// <summary>What the user said about ssh.</summary>
public sealed record SshOptions
{
    public SshClientKind Client { get; init; }

    /// <summary>How long to wait for a connection (<c>-t</c>).</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A configuration file in place of the user's own (<c>-F</c>).</summary>
    public string? ConfigFile { get; init; }

    /// <summary>A private key (<c>-i</c>).</summary>
    public string? IdentityFile { get; init; }

    /// <summary>Whether sources may use the controller's ssh-agent (<c>-A</c>).</summary>
    public bool ForwardAgent { get; init; }

    /// <summary>Further options as ssh_config writes them (<c>--ssh-option</c>); they override all others.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The program that is ssh.</summary>
    internal string Program { get; init; } = "ssh";

    /// <summary>Whether several sessions share a connection; ssh on Windows can't.</summary>
    public bool ShareConnections { get; init; } = !OperatingSystem.IsWindows();
}
