using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What a person sees and types while a run goes on. The targets are nobody's: the commands only wait for a file of their name.</summary>
public sealed class LiveViewTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("treepush-live-").FullName;

    private static string Push(int targets, string options) =>
        $"{Workplace.Program} 'while [ ! -e $TPUSH_HOST ] && [ ! -e all ]; do sleep 0.1; done' -s local -w '127.9.9.[1-{targets}]:9' {options}; echo \"ended $?\"";

    private void Release(string name) => File.WriteAllText(Path.Combine(_directory, name), "");

    private async Task<Terminal> WatchAsync(int targets, string options)
    {
        var terminal = await Terminal.OpenAsync(_directory);
        await terminal.EnterAsync(Push(targets, options));
        return terminal;
    }

    [FactWith("tmux")]
    public async Task Progress_and_running_transfers_are_shown()
    {
        await using var terminal = await WatchAsync(3, "-m 2");
        string screen = await terminal.WaitForAsync("2 running from 1 source");
        screen.Should().Contain("0/3").And.Contain("127.0.0.1 → 127.9.9.1:9").And.Contain("> help, show");
        Release("127.9.9.1");
        await terminal.WaitForAsync("1/3");
        Release("all");
        (await terminal.WaitForAsync("ended 0")).Should().Contain("succeeded (3): ").And.NotContain("running from", "the live view goes when the run ends");
    }

    [FactWith("tmux")]
    public async Task Nothing_new_is_started_while_paused()
    {
        await using var terminal = await WatchAsync(3, "-m 1");
        await terminal.WaitForAsync("1 running");
        await terminal.EnterAsync("pause");
        await terminal.WaitForAsync("paused: no new transfers start");
        Release("127.9.9.1");
        await terminal.WaitForAsync("0 running");
        await terminal.EnterAsync("resume");
        await terminal.WaitForAsync("1 running");
        Release("all");
        await terminal.WaitForAsync("ended 0");
    }

    [FactWith("tmux")]
    public async Task Show_tells_what_runs_and_an_unknown_command_what_there_is()
    {
        await using var terminal = await WatchAsync(2, "-m 1");
        await terminal.WaitForAsync("1 running");
        await terminal.EnterAsync("show");
        await terminal.WaitForAsync("served 0, failed 0, running 1, waiting 1");
        await terminal.EnterAsync("bogus");
        (await terminal.WaitForAsync("there is no command 'bogus'")).Should().Contain("reconnect slow|all");
        Release("all");
        await terminal.WaitForAsync("ended 0");
    }

    [FactWith("tmux")]
    public async Task Reconnect_all_sends_transfers_back_and_costs_no_target()
    {
        await using var terminal = await WatchAsync(1, "");
        await terminal.WaitForAsync("1 running");
        await terminal.EnterAsync("reconnect all");
        await terminal.WaitForAsync("attempt 2");
        Release("all");
        await terminal.WaitForAsync("ended 0");
    }

    [FactWith("tmux")]
    public async Task Quit_lets_running_transfers_end_and_leaves_the_rest()
    {
        await using var terminal = await WatchAsync(2, "-m 1");
        await terminal.WaitForAsync("1 running");
        await terminal.EnterAsync("quit");
        await terminal.WaitForAsync("stopping");
        Release("all");
        (await terminal.WaitForAsync("ended 130")).Should().Contain("succeeded (1)").And.Contain("not tried (1)");
    }

    [FactWith("tmux")]
    public async Task Interrupting_twice_ends_what_runs()
    {
        await using var terminal = await WatchAsync(1, "");
        await terminal.WaitForAsync("1 running");
        await terminal.PressAsync("C-c");
        await terminal.WaitForAsync("stopping");
        await terminal.PressAsync("C-c");
        await terminal.WaitForAsync("interrupted");
    }

    [FactWith("tmux")]
    public async Task Colours_are_used_unless_the_user_wants_none()
    {
        await using var terminal = await WatchAsync(1, "");
        await terminal.WaitForAsync("1 running");
        (await terminal.ColouredScreenAsync()).Should().Contain("\e[90m");
        Release("all");
        await terminal.WaitForAsync("ended 0");
        File.Delete(Path.Combine(_directory, "all"));
        await terminal.EnterAsync("clear; export NO_COLOR=1; " + Push(1, ""));
        await terminal.WaitForAsync("1 running");
        (await terminal.ColouredScreenAsync()).Should().NotContain("\e[90m");
        Release("all");
    }

    [FactWith("tmux")]
    public async Task Run_behind_the_shell_is_not_stopped_by_the_terminal()
    {
        await using var terminal = await Terminal.OpenAsync(_directory);
        await terminal.EnterAsync($"({Push(2, "-m 1")}) &");
        await terminal.WaitForAsync("2 targets, 1 source");
        Release("all");
        await terminal.WaitForAsync("ended 0");
    }

    [FactWith("tmux")]
    public async Task Closing_the_terminal_ends_the_run_and_the_program()
    {
        string logs = Path.Combine(_directory, "logs");
        await using (var terminal = await WatchAsync(1, $"--logdir {logs}")) await terminal.WaitForAsync("1 running");
        await Wait.UntilAsync(() => !IsRunning(logs), Patience.Usual, () => "treepush still runs without its terminal");
        File.ReadAllText(Path.Combine(Directory.GetDirectories(logs).Single(), "run.jsonl")).Should().Contain("run_finished");
    }

    /// <summary>Whether a program other than this one has the text in its command line.</summary>
    private static bool IsRunning(string text) => Directory.GetDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _)).Any(d =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(d, "cmdline")).Contains(text, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // It has just ended.
        }
    });

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
