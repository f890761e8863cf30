namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>A test that needs tmux; without it, it is skipped and says so.</summary>
internal sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute() => Skip = File.Exists("/usr/bin/tmux") ? null : "There is no tmux. hint: apt-get install tmux";
}
