using System.Text;
using TreePush.Core.Alerts;
using TreePush.Engine.Alerts;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Alerts;

public sealed class MailSinkTests : IDisposable
{
    private const string Password = "s3cret \"ü\"";

    private readonly Temporary _temporary = new();

    [MailFact]
    public async Task An_alert_comes_as_mail_to_all()
    {
        await using var server = await MailServer.StartAsync(new MailServerOptions());
        await SendAsync(server, s => s with { Plain = true });
        string message = (await server.WaitForMessagesAsync(1, Patience.Usual)).Should().ContainSingle().Subject;
        message.Should().StartWith("from treepush@example.com to a@example.com b@example.com clear as nobody\n")
            .And.Contain($"Subject: {Sample.Alert.Subject}\n").And.Contain("Auto-Submitted: auto-generated\n");
        Body(message).Should().Be(Sample.Alert.Text);
    }

    [MailFact]
    public async Task By_STARTTLS_with_a_login()
    {
        using var authority = TestAuthority.Create(_temporary.Directory);
        await using var server = await MailServer.StartAsync(new MailServerOptions { Certificate = authority.Issue("127.0.0.1"), User = "joe", Password = Password });
        await SendAsync(server, s => s with { User = "joe", Password = Password }, authority);
        (await server.WaitForMessagesAsync(1, Patience.Usual)).Should().ContainSingle().Which.Should().Contain(" tls as joe\n");
    }

    [MailFact]
    public async Task By_TLS_from_the_first_byte_on()
    {
        using var authority = TestAuthority.Create(_temporary.Directory);
        await using var server = await MailServer.StartAsync(new MailServerOptions { Certificate = authority.Issue("127.0.0.1"), IsTlsFromStart = true });
        await SendAsync(server, s => s, authority, MailSecurity.Tls);
        (await server.WaitForMessagesAsync(1, Patience.Usual)).Should().ContainSingle().Which.Should().Contain(" tls as nobody\n");
    }

    [MailFact]
    public async Task A_server_without_TLS_gets_neither_password_nor_mail()
    {
        await using var server = await MailServer.StartAsync(new MailServerOptions());
        (await FailureAsync(server, s => s with { User = "joe", Password = Password })).Should().Contain("no TLS");
        server.Messages.Should().BeEmpty();
    }

    [MailFact]
    public async Task A_certificate_that_is_not_trusted_is_refused()
    {
        using var authority = TestAuthority.Create(_temporary.Directory);
        await using var server = await MailServer.StartAsync(new MailServerOptions { Certificate = authority.Issue("127.0.0.1") });
        (await FailureAsync(server, s => s)).Should().Contain("certificate");
        await using var misnamed = await MailServer.StartAsync(new MailServerOptions { Certificate = authority.Issue("other.example") });
        (await FailureAsync(misnamed, s => s, authority)).Should().Contain("certificate");
    }

    [MailFact]
    public async Task A_wrong_password_is_told_and_not_shown()
    {
        await using var server = await MailServer.StartAsync(new MailServerOptions { User = "joe", Password = Password });
        (await FailureAsync(server, s => s with { Plain = true, User = "joe", Password = "wr0ng" })).Should().Contain("refuses the login").And.NotContain("wr0ng");
    }

    [MailFact]
    public async Task A_server_that_is_not_there_and_an_address_that_is_none_are_told()
    {
        var server = await MailServer.StartAsync(new MailServerOptions());
        await server.DisposeAsync();
        (await FailureAsync(server, s => s)).Should().Contain("the connection failed");
        (await FailureAsync(server, s => s with { To = ["@@"] })).Should().Contain("an address is not valid");
    }

    [Fact]
    public void The_port_of_TLS_has_TLS_and_others_have_STARTTLS()
    {
        MailSink.SecurityOf(new MailConfig("h", 465, "a", [])).Should().Be(MailSecurity.Tls);
        MailSink.SecurityOf(new MailConfig("h", 587, "a", [])).Should().Be(MailSecurity.StartTls);
        MailSink.SecurityOf(new MailConfig("h", 465, "a", []) { Plain = true }).Should().Be(MailSecurity.Plain);
    }

    public void Dispose() => _temporary.Dispose();

    private static async Task SendAsync(MailServer server, Func<MailConfig, MailConfig> change, TestAuthority? authority = null, MailSecurity? security = null)
    {
        var config = change(new MailConfig(MailServer.Address, server.Port, "TreePush <treepush@example.com>", ["a@example.com", "b@example.com"]));
        var sink = new MailSink(config, security, authority is null ? null : CertificateAuthorities.Read(authority.CaFile));
        await sink.SendAsync(Sample.Alert, CancellationToken.None).WaitAsync(Patience.Usual);
    }

    private static async Task<string> FailureAsync(MailServer server, Func<MailConfig, MailConfig> change, TestAuthority? authority = null) =>
        (await FluentActions.Awaiting(() => SendAsync(server, change, authority)).Should().ThrowAsync<AlertException>()).Which.Message;

    private static string Body(string message)
    {
        string[] parts = message.Split("\n\n", 2);
        string body = parts[1].TrimEnd('\n') + "\n";
        if (parts[0].Contains("base64", StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8.GetString(Convert.FromBase64String(body));
        return parts[0].Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? MimeText(body) : body;
    }

    private static string MimeText(string quoted) =>
        Encoding.UTF8.GetString([.. Bytes(quoted.Replace("=\n", "", StringComparison.Ordinal))]);

    private static IEnumerable<byte> Bytes(string quoted)
    {
        for (int i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] == '=') yield return Convert.ToByte(quoted.Substring(i + 1, 2), 16);
            else yield return (byte)quoted[i];
            if (quoted[i] == '=') i += 2;
        }
    }
}
