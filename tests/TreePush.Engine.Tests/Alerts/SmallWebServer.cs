using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TreePush.Engine.Tests.Alerts;

/// <summary>A real HTTP server on loopback for one request.</summary>
internal sealed class SmallWebServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();

    /// <param name="status">Its answer, such as <c>200 OK</c>; null for none at all.</param>
    /// <param name="certificate">A file with certificate and key; null for HTTP without TLS.</param>
    public SmallWebServer(string? status, string? certificate = null)
    {
        _listener.Start();
        Request = ServeAsync(status, certificate);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it was asked: the head and the body.</summary>
    public Task<(string Head, string Body)> Request { get; }

    public void Dispose()
    {
        _ending.Cancel();
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task<(string Head, string Body)> ServeAsync(string? status, string? certificate)
    {
        using var client = await _listener.AcceptTcpClientAsync(_ending.Token);
        await using Stream stream = certificate is null ? client.GetStream() : await SecureAsync(client.GetStream(), certificate);
        var bytes = new List<byte>();
        string text;
        do
        {
            var buffer = new byte[65536];
            int count = await stream.ReadAsync(buffer, _ending.Token);
            if (count == 0) throw new IOException("The request ended early.");
            bytes.AddRange(buffer.AsSpan(0, count));
            text = Encoding.UTF8.GetString([.. bytes]);
        }
        while (!IsWhole(text, bytes.Count));
        if (status is null) await Task.Delay(Timeout.Infinite, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _ending.Token);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (text[..end], text[(end + 4)..]);
    }

    private static async Task<SslStream> SecureAsync(Stream inner, string certificate)
    {
        using var pem = X509Certificate2.CreateFromPemFile(certificate, certificate);
        var stream = new SslStream(inner);
        await stream.AuthenticateAsServerAsync(pem);
        return stream;
    }

    private static bool IsWhole(string text, int bytes)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        string length = text[..end].Split("\r\n").Single(h => h.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)).Split(' ')[1];
        return bytes >= Encoding.UTF8.GetByteCount(text[..end]) + 4 + int.Parse(length);
    }
}
