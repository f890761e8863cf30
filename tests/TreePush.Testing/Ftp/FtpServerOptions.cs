namespace TreePush.Testing;

/// <summary>How an <see cref="FtpServer"/> is made.</summary>
public sealed record FtpServerOptions
{
    /// <summary>The one who can log in.</summary>
    public string User { get; init; } = "deploy";

    /// <summary>Null for a free port. The address is the server's own, so that any port may be asked for.</summary>
    public int? Port { get; init; }

    /// <summary>With all that a shell, a file or a line could take for something else.</summary>
    public string Password { get; init; } = "it's $ecret \"&\" \\n ünd long";

    /// <summary>Whether it offers TLS, with a certificate of an authority of its own.</summary>
    public bool HasTls { get; init; }

    /// <summary>When given, the home lies on a disk of its own of this size.</summary>
    public long? HomeBytes { get; init; }

    /// <summary>Further lines for vsftpd.conf; they win over the server's own.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
