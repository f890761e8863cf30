namespace TreePush.Engine.Alerts;

/// <summary>A mail server and who gets mail by it.</summary>
public sealed record MailSettings(string Server, int Port, string From, IReadOnlyList<string> To)
{
    /// <summary>The port that is for TLS from the first byte on.</summary>
    public const int TlsPort = 465;

    public MailSecurity Security { get; init; } = Port == TlsPort ? MailSecurity.Tls : MailSecurity.StartTls;

    /// <summary>Null if the server wants no login.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Whose certificates are accepted; null for those that the system trusts.</summary>
    public CertificateAuthorities? Authorities { get; init; }

    /// <summary>Shows no password.</summary>
    public override string ToString() => $"{Server}:{Port}";
}
