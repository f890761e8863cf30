using TreePush.Engine.Remote.SshNet;

namespace TreePush.Engine.Tests.Remote.SshNet;

public sealed class ChannelInputTests
{
    [Fact]
    public async Task Input_that_was_closed_meanwhile_is_an_input_output_failure()
    {
        var closed = new MemoryStream();
        await closed.DisposeAsync();
        await using var input = new ChannelInput(closed, () => false);
        await input.Awaiting(i => i.WriteAsync("late"u8.ToArray()).AsTask()).Should().ThrowAsync<IOException>();
    }
}
