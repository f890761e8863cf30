using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TreePush.Engine.Tests.Dispatching.Ftp;

/// <summary>An FTP server in one folder that renames nothing over a file that exists, as some do. It keeps the commands that it is given.</summary>
internal sealed class StubbornFtpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _root;
    private readonly Func<string, bool> _refuses;
    private readonly List<string> _commands = [];

    /// <param name="refuses">Commands that are refused besides.</param>
    public StubbornFtpServer(string root, Func<string, bool>? refuses = null)
    {
        (_root, _refuses) = (root, refuses ?? (_ => false));
        _listener.Start();
        Serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Commands => _commands;

    private Task Serving { get; }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ConverseAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        using var data = new TcpListener(IPAddress.Loopback, 0);
        data.Start();
        string renamed = "";
        await writer.WriteLineAsync("220 stubborn");
        while (await reader.ReadLineAsync() is { } line)
        {
            _commands.Add(line);
            string[] words = line.Split(' ', 2);
            if (words[0] == "RNFR") renamed = PathOf(words[^1]);
            if (words[0] is "STOR") await writer.WriteLineAsync("150 send");
            if (words[0] is "STOR") await StoreAsync(data, PathOf(words[^1]));
            await writer.WriteLineAsync(_refuses(line) ? "550 no" : Answer(words[0], PathOf(words[^1]), renamed, ((IPEndPoint)data.LocalEndpoint).Port));
            if (words[0] == "QUIT") return;
        }
    }

    private static string Answer(string command, string path, string renamed, int dataPort)
    {
        switch (command)
        {
            case "USER": return "331 password";
            case "PASS": return "230 in";
            case "PWD": return "257 \"/home\"";
            case "EPSV": return $"229 Entering Extended Passive Mode (|||{dataPort}|)";
            case "SIZE": return File.Exists(path) ? $"213 {new FileInfo(path).Length}" : "550 no";
            case "STOR": return "226 done";
            case "RNFR": return File.Exists(path) ? "350 to" : "550 no such file";
            case "RNTO" when File.Exists(path) || Directory.Exists(path): return "553 it exists";
            case "RNTO": File.Move(renamed, path); return "250 renamed";
            case "DELE": File.Delete(path); return "250 deleted";
            case "TYPE" or "CWD" or "REST": return "200 fine";
            case "QUIT": return "221 bye";
            default: return "502 what";
        }
    }

    private static async Task StoreAsync(TcpListener data, string path)
    {
        using var client = await data.AcceptTcpClientAsync();
        await using var file = File.Create(path);
        await client.GetStream().CopyToAsync(file);
    }

    private string PathOf(string name) => Path.Combine(_root, Path.GetFileName(name));
}
