using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using TreePush.Core.Alerts;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Alerts;

/// <summary>Sends alerts as mail.</summary>
/// <param name="security">Null for what the configuration says: <see cref="SecurityOf"/>.</param>
/// <param name="authorities">Whose certificates are accepted; null for those that the system trusts.</param>
public sealed class MailSink(MailConfig settings, MailSecurity? security = null, CertificateAuthorities? authorities = null) : IAlertSink
{
    /// <summary>The port that is for TLS from the first byte on.</summary>
    private const int TlsPort = 465;

    public string Name => $"mail over {DisplayText.Line(settings.Server)}";

    public async Task SendAsync(Alert alert, CancellationToken ct)
    {
        try
        {
            using var message = Message(alert);
            using var client = NewClient();
            await client.ConnectAsync(settings.Server, settings.Port, Protection, ct);
            if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", ct);
            await client.SendAsync(message, ct);
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            throw new AlertException(reason);
        }
    }

    public static MailSecurity SecurityOf(MailConfig settings) => settings.Plain ? MailSecurity.Plain : settings.Port == TlsPort ? MailSecurity.Tls : MailSecurity.StartTls;

    private SecureSocketOptions Protection => (security ?? SecurityOf(settings)) switch
    {
        MailSecurity.Plain => SecureSocketOptions.None,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    private SmtpClient NewClient()
    {
        var client = new SmtpClient { CheckCertificateRevocation = false };
        if (authorities is not null)
            client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => authorities.Accept(certificate, chain, errors);
        return client;
    }

    private MimeMessage Message(Alert alert)
    {
        var message = new MimeMessage { Subject = alert.Subject, Date = alert.Time, Body = new TextPart("plain") { Text = alert.Text } };
        message.From.Add(MailboxAddress.Parse(settings.From));
        foreach (string to in settings.To) message.To.Add(MailboxAddress.Parse(to));
        // No mailer answers it, and no answer of a mailer comes back as an error.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <returns>Null for what is a fault of this program.</returns>
    private static string? Reason(Exception e) => e switch
    {
        SslHandshakeException => "no secure connection can be made; is its certificate valid?",
        NotSupportedException => "the server offers no TLS (hint: only plain: true sends mail without)",
        AuthenticationException => "the server refuses the login",
        SmtpCommandException refused => $"the server refuses: {DisplayText.Line(refused.Message)}",
        ParseException => "an address is not valid",
        SocketException or IOException or ServiceNotConnectedException or ProtocolException => $"the connection failed: {DisplayText.Line(e.Message)}",
        _ => null,
    };
}
