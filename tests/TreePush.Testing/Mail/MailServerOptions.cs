namespace TreePush.Testing;

/// <summary>How a <see cref="MailServer"/> is made.</summary>
public sealed record MailServerOptions
{
    /// <summary>A file with a certificate and its key; null for a server without TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>Whether TLS begins with the connection, and not by STARTTLS.</summary>
    public bool IsTlsFromStart { get; init; }

    /// <summary>Who must log in; null if nobody need.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }
}
