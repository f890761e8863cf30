using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.Json;
using TreePush.Core.Alerts;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Alerts;

/// <summary>Posts alerts as JSON to a URL. The URL may hold a secret: no more of it than its host is ever shown.</summary>
public sealed class WebhookSink : IAlertSink, IDisposable
{
    private readonly Uri _url;
    private readonly HttpClient _client;

    /// <param name="url">http or https.</param>
    /// <param name="authorities">Whose certificates are accepted; null for those that the system trusts.</param>
    public WebhookSink(Uri url, CertificateAuthorities? authorities = null)
    {
        _url = url;
        // A redirected POST would become a GET.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (authorities is not null) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = authorities.NewPolicy() };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public string Name => $"the webhook at {DisplayText.Line(_url.Host)}";

    public async Task SendAsync(Alert alert, CancellationToken ct)
    {
        var body = new WebhookBody(alert.Subject, alert.Count, alert.Errors, alert.Time, Environment.MachineName);
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, AlertJson.Default.WebhookBody));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = content };
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (!response.IsSuccessStatusCode) throw new AlertException($"it answered with HTTP status {(int)response.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            throw new AlertException(Reason(e));
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Reason(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "there is no host of this name",
        HttpRequestError.ConnectionError => "no connection can be made",
        HttpRequestError.SecureConnectionError => "no secure connection can be made; is its certificate valid?",
        var other => $"the connection failed ({other})",
    };
}
