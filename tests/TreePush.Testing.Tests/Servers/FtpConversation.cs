using System.Net.Sockets;

namespace TreePush.Testing.Tests.Servers;

internal static class FtpConversation
{
    /// <summary>Gives a server commands one after the other.</summary>
    /// <returns>What it said last.</returns>
    public static async Task<string> AskAsync(this FtpServer server, params IEnumerable<string> commands)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address, server.Port);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        string last = await reader.ReadLineAsync() ?? "";
        foreach (string command in commands)
        {
            await writer.WriteLineAsync(command);
            last = await reader.ReadLineAsync().WaitAsync(Patience.Usual) ?? "";
        }

        return last;
    }
}
