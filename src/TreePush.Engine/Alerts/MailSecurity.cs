namespace TreePush.Engine.Alerts;

/// <summary>How the connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>TLS that begins with STARTTLS, which the server must offer.</summary>
    StartTls,

    /// <summary>TLS from the first byte on, as on port 465.</summary>
    Tls,

    /// <summary>Not at all: everything, a password too, can be read on the way.</summary>
    Plain,
}
