using System.IO.Compression;
using System.Text;
using TreePush.Core.Wire;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>A relay that only greets and then sends back whatever it gets, by which tests see that its streams are in our hands.</summary>
internal static class StandIn
{
    public static readonly byte[] Compressed = Compress();

    public static readonly RelayPackage Package = new("Linux x86_64", "/bin/sh", () => new MemoryStream(Compressed));

    public static async Task<byte[]> EchoAsync(RelayProcess relay, params byte[] sent)
    {
        await relay.Input.WriteAsync(sent);
        await relay.Input.FlushAsync();
        var received = new byte[sent.Length];
        await relay.Output.ReadExactlyAsync(received);
        return received;
    }

    private static byte[] Compress()
    {
        string greeting = Encoding.ASCII.GetString(RelayGreeting.Line).Trim();
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.ASCII.GetBytes($"#!/bin/sh\n[ \"$1\" = {RelayGreeting.CheckArgument} ] && exit\necho {greeting}\nexec cat\n"));
        return compressed.ToArray();
    }
}
