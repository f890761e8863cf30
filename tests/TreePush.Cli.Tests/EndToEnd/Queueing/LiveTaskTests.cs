using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Queueing;

/// <summary>A task in a terminal.</summary>
public sealed class LiveTaskTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("treepush-live-task-").FullName;

    [RedisFact("tmux")]
    public async Task Submit_that_waits_is_live_until_the_agent_has_the_file()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var terminal = await Terminal.OpenAsync(_directory);
        await EnterAsync(terminal, redis, "submit f --name a1 --wait --min-success 2");
        string screen = await terminal.WaitForAsync("0 running from 0 sources, 0 waiting");
        screen.Should().Contain("1/1").And.Contain("a1 has the file").And.Contain("  a1  had the file");
        await EnterAgentAsync(redis, terminal);
        screen = await terminal.WaitForAsync("ended 0");
        screen.Should().Contain("2 of 2 hosts have the file").And.NotContain("sources, 0 waiting", "the live view goes when the task is over");
    }

    [RedisFact("tmux")]
    public async Task Control_c_leaves_the_task_and_ends_with_130()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var terminal = await Terminal.OpenAsync(_directory);
        await EnterAsync(terminal, redis, "submit f --name a1 --wait --min-success 2");
        await terminal.WaitForAsync("0 running from 0 sources");
        await terminal.PressAsync("C-c");
        await terminal.WaitForAsync("ended 130");
        await EnterAsync(terminal, redis, "tasks");
        (await terminal.WaitForAsync("ended 0")).Should().Contain("open");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task EnterAsync(Terminal terminal, RedisServer redis, string words)
    {
        File.WriteAllText(Path.Combine(_directory, "f"), "content");
        return terminal.EnterAsync($"clear; TREEPUSH_REDIS={redis.Url} {Workplace.Program} {words}; echo \"ended $?\"");
    }

    /// <summary>An agent in another terminal, which finds the file in place.</summary>
    private async Task EnterAgentAsync(RedisServer redis, Terminal first)
    {
        await using var terminal = await Terminal.OpenAsync(_directory);
        await EnterAsync(terminal, redis, $"agent --once --name a2 --root {_directory} --state {_directory}/state");
        await terminal.WaitForAsync("ended 0");
        await first.WaitForAsync("ended");
    }
}
