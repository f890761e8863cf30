using System.Diagnostics;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>A real terminal (tmux) with a shell in it, to type into and to look at. It has a server of its own.</summary>
internal sealed class Terminal : IAsyncDisposable
{
    private readonly string _socket = $"treepush-test-{Path.GetRandomFileName()[..8]}";

    /// <param name="directory">Where the shell starts.</param>
    public static async Task<Terminal> OpenAsync(string directory, int width = 100, int height = 30)
    {
        var terminal = new Terminal();
        string[] size = ["-x", $"{width}", "-y", $"{height}"];
        await terminal.TmuxAsync(["new-session", "-d", "-s", "t", .. size, "-c", directory, "env", "PS1=$ ", "TERM=screen-256color", "sh"]);
        return terminal;
    }

    public Task TypeAsync(string text) => TmuxAsync(["send-keys", "-t", "t", "-l", text]);

    public Task PressAsync(string key) => TmuxAsync(["send-keys", "-t", "t", key]);

    public async Task EnterAsync(string line)
    {
        await TypeAsync(line);
        await PressAsync("Enter");
    }

    /// <summary>What stands on the screen.</summary>
    public Task<string> ScreenAsync() => TmuxAsync(["capture-pane", "-t", "t", "-p"]);

    /// <summary>The same, with the codes that colour it.</summary>
    public Task<string> ColouredScreenAsync() => TmuxAsync(["capture-pane", "-t", "t", "-p", "-e"]);

    public async Task<string> WaitForAsync(string text)
    {
        string screen = "";
        for (var left = Patience.Usual; left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(50))
        {
            screen = await ScreenAsync();
            if (screen.Contains(text, StringComparison.Ordinal)) return screen;
            await Task.Delay(50);
        }

        throw new TimeoutException($"'{text}' did not appear; the screen:\n{screen}");
    }

    public async ValueTask DisposeAsync() => await TmuxAsync(["kill-server"]);

    private async Task<string> TmuxAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("tmux", ["-L", _socket, "-f", "/dev/null", .. arguments]) { RedirectStandardOutput = true };
        using var tmux = Process.Start(start)!;
        string output = await tmux.StandardOutput.ReadToEndAsync();
        await tmux.WaitForExitAsync();
        return output;
    }
}
