using TreePush.Engine.Broadcasting;

namespace TreePush.Engine.Tests.Broadcasting;

/// <summary>What a relay is asked to see that its streams are in our hands.</summary>
internal static class Echo
{
    public static async Task<byte[]> SendAsync(RelayProcess relay, byte[] sent)
    {
        await relay.Input.WriteAsync(sent);
        await relay.Input.FlushAsync();
        var received = new byte[sent.Length];
        await relay.Output.ReadExactlyAsync(received);
        return received;
    }
}
