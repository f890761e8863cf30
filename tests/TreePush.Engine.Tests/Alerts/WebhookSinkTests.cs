using System.Text.Json;
using TreePush.Engine.Alerts;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Alerts;

public sealed class WebhookSinkTests
{
    private const string Secret = "T0K3N";

    [Fact]
    public async Task An_alert_is_posted_as_JSON()
    {
        using var server = new SmallWebServer("204 No Content");
        await SendAsync($"http://127.0.0.1:{server.Port}/hook/{Secret}?x=1");
        var (head, body) = await server.Request.WaitAsync(Patience.Usual);
        head.Should().StartWith($"POST /hook/{Secret}?x=1 HTTP/1.1\r\n").And.Contain("Content-Type: application/json");
        var json = JsonDocument.Parse(body).RootElement;
        json.EnumerateObject().Select(p => p.Name).Should().Equal("subject", "count", "errors", "time", "host");
        json.GetProperty("subject").GetString().Should().Be(Sample.Alert.Subject);
        json.GetProperty("count").GetInt32().Should().Be(7);
        json.GetProperty("errors")[1].GetProperty("text").GetString().Should().Be("web2: größer; $(id)");
        json.GetProperty("time").GetDateTimeOffset().Should().Be(Sample.Alert.Time);
        json.GetProperty("host").GetString().Should().Be(Environment.MachineName);
    }

    [Theory]
    [InlineData("500 Broken", "500")]
    [InlineData("302 Found", "302")]
    public async Task A_refusal_is_told_by_its_status_alone(string answer, string status)
    {
        using var server = new SmallWebServer(answer);
        (await FailureAsync($"http://127.0.0.1:{server.Port}/{Secret}")).Should().Contain(status);
    }

    [Fact]
    public async Task Nothing_of_the_URL_but_its_host_is_shown()
    {
        using var sink = new WebhookSink(new Uri($"http://user:{Secret}@127.0.0.1:1/{Secret}?{Secret}"));
        sink.Name.Should().Be("the webhook at 127.0.0.1");
        (await FailureAsync($"http://user:{Secret}@127.0.0.1:1/{Secret}?{Secret}")).Should().Be("no connection can be made");
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_waited_for_only_so_long()
    {
        using var server = new SmallWebServer(null);
        using var sink = new WebhookSink(new Uri($"http://127.0.0.1:{server.Port}/"));
        using var limit = new CancellationTokenSource();
        var sending = sink.SendAsync(Sample.Alert, limit.Token);
        await limit.CancelAsync();
        await sending.Awaiting(s => s).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_certificate_must_be_of_an_authority_that_is_trusted()
    {
        using var temporary = new Temporary();
        using var authority = TestAuthority.Create(temporary.Directory);
        string certificate = authority.Issue("127.0.0.1");
        using (var server = new SmallWebServer("200 OK", certificate)) (await FailureAsync($"https://127.0.0.1:{server.Port}/")).Should().Contain("certificate");
        using (var server = new SmallWebServer("200 OK", certificate))
        {
            await SendAsync($"https://127.0.0.1:{server.Port}/", CertificateAuthorities.Read(authority.CaFile));
            (await server.Request).Body.Should().Contain("web2");
        }

        using (var server = new SmallWebServer("200 OK", authority.Issue("other.example")))
            (await FailureAsync($"https://127.0.0.1:{server.Port}/", CertificateAuthorities.Read(authority.CaFile))).Should().Contain("certificate");
    }

    private static async Task SendAsync(string url, CertificateAuthorities? authorities = null)
    {
        using var sink = new WebhookSink(new Uri(url), authorities);
        await sink.SendAsync(Sample.Alert, CancellationToken.None).WaitAsync(Patience.Usual);
    }

    private static async Task<string> FailureAsync(string url, CertificateAuthorities? authorities = null)
    {
        string message = (await FluentActions.Awaiting(() => SendAsync(url, authorities)).Should().ThrowAsync<AlertException>()).Which.Message;
        message.Should().NotContain(Secret);
        return message;
    }
}
