using TreePush.Cli.Commands.Completion;
using TreePush.Testing;

namespace TreePush.Cli.Tests.Commands;

/// <summary>The scripts, in the shells that they are for, in a folder with a list, a folder and a run.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string Run = "20261122-010203-abcd";

    private readonly string _folder = Directory.CreateTempSubdirectory("treepush-completion-").FullName;

    public CompletionTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "logs", Run));
        Directory.CreateDirectory(Path.Combine(_folder, "old logs", "20251122-010203-ffff"));
        File.WriteAllText(Path.Combine(_folder, "hosts.txt"), "h1\n");
        var pages = CommandLine.Parse().Tree.Pages;
        File.WriteAllText(Path.Combine(_folder, "script.bash"), BashScript.Write(pages));
        File.WriteAllText(Path.Combine(_folder, "script.zsh"), ZshScript.Write(pages));
        File.WriteAllText(Path.Combine(_folder, "script.fish"), FishScript.Write(pages));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [FactWith("bash")]
    public async Task Bash_completes_options_commands_and_values()
    {
        (await InBashAsync("treepush", "--ma")).Should().Equal("--max", "--max-transfers");
        (await InBashAsync("treepush", "")).Should().Equal("sync", "dispatch", "agent", "submit", "tasks", "plan", "completion", "man");
        (await InBashAsync("treepush", "plan", "--s")).Should().Equal("--size", "--stream-rate", "--slow", "--seed");
        (await InBashAsync("treepush", "completion", "")).Should().Equal("bash", "zsh", "fish");
        (await InBashAsync("treepush", "scp x", "-m", "")).Should().Equal("auto");
        (await InBashAsync("treepush", "scp x", "--max", "=", "a")).Should().Equal("auto");
        (await InBashAsync("treepush", "-l", "ho")).Should().Equal("hosts.txt");
        (await InBashAsync("treepush", "--logdir", "")).Should().BeEquivalentTo("logs", "old logs");
        (await InBashAsync("treepush", "-r", "")).Should().BeEmpty();
        (await InBashAsync("treepush", "sync", "ho")).Should().Equal("hosts.txt");
        (await InBashAsync("treepush", "sync", "/a", "/b", "--topology", "")).Should().Equal("auto", "chain", "tree");
        (await InBashAsync("treepush", "sync", "/a", "/b", "--data-channel", "")).Should().Equal("tls", "plain");
        (await InBashAsync("treepush", "sync", "--resume", "")).Should().Equal("last", Run);
        (await InBashAsync("treepush", "-s", "plan", "--dr")).Should().Equal("--dry-run");
    }

    [FactWith("bash")]
    public async Task Bash_completes_the_runs_below_the_log_folder()
    {
        (await InBashAsync("treepush", "--resume", "")).Should().Equal("last", Run);
        (await InBashAsync("treepush", "--logdir", "=", "old logs", "--resume", "=")).Should().Equal("last", "20251122-010203-ffff");
    }

    [FactWith("zsh")]
    public async Task Zsh_completes_options_commands_and_values()
    {
        string[] lines = ["treepush --dry", "treepush pl", "treepush plan --hos", "treepush -m au", "treepush x -l ho", "treepush completion fi", "treepush --resume 2026", "treepush --logdir lo", "treepush sync ho", "treepush sync x --topology ch", "treepush sync --data-channel pl"];
        string[] completed = ["treepush --dry-run", "treepush plan", "treepush plan --hosts=", "treepush -m auto", "treepush x -l hosts.txt", "treepush completion fish", $"treepush --resume {Run}", "treepush --logdir logs/",
            "treepush sync hosts.txt", "treepush sync x --topology chain", "treepush sync --data-channel plain"];
        (await InZshAsync(lines)).Should().Equal(completed);
    }

    [FactWith("zsh")]
    public async Task Zsh_finds_no_fault_in_the_script() => (await Shell.RunAsync("zsh", ["-n", "script.zsh"], _folder)).Should().Be("");

    [FactWith("fish")]
    public async Task Fish_completes_options_commands_and_values()
    {
        (await InFishAsync("treepush --ma")).Should().BeEquivalentTo("--max", "--max-transfers");
        (await InFishAsync("treepush ")).Should().BeEquivalentTo("sync", "dispatch", "agent", "submit", "tasks", "plan", "completion", "man");
        (await InFishAsync("treepush plan --s")).Should().BeEquivalentTo("--size", "--stream-rate", "--slow", "--seed");
        (await InFishAsync("treepush completion ")).Should().BeEquivalentTo("bash", "zsh", "fish");
        (await InFishAsync("treepush x -m ")).Should().Equal("auto");
        (await InFishAsync("treepush sync ho")).Should().Equal("hosts.txt");
        (await InFishAsync("treepush sync a b --topology ")).Should().BeEquivalentTo("auto", "chain", "tree");
        (await InFishAsync("treepush x -l ho")).Should().Equal("hosts.txt");
        (await InFishAsync("treepush --logdir lo")).Should().Equal("logs/");
        (await InFishAsync("treepush --resume ")).Should().BeEquivalentTo("last", Run);
    }

    [Theory]
    [InlineData("N|auto", ValuePlace.None, "auto")]
    [InlineData("RUN|last", ValuePlace.Runs, "last")]
    [InlineData("FILE.html", ValuePlace.Files, null)]
    [InlineData("DIR", ValuePlace.Folders, null)]
    [InlineData("tree[:K]", ValuePlace.None, "tree")]
    [InlineData("SRC", ValuePlace.Files, null)]
    [InlineData("TIME", ValuePlace.None, null)]
    [InlineData(null, ValuePlace.None, null)]
    public void What_stands_for_a_value_in_help_says_how_it_is_completed(string? helpName, object place, string? word)
    {
        var kind = ValueKind.Of(helpName);
        kind.Place.Should().Be((ValuePlace)place);
        kind.Words.Should().Equal(word is null ? [] : [word]);
    }

    /// <summary>Calls the function as bash does when tab is pressed in the last of the words.</summary>
    private async Task<string[]> InBashAsync(params string[] words)
    {
        const string Press = """source script.bash; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _treepush; printf '%s\n' "${COMPREPLY[@]}" """;
        return Lines(await Shell.RunAsync("bash", ["--norc", "-c", Press, "bash", .. words], _folder));
    }

    /// <summary>Types each line and tab into a zsh of its own, and says what the line became.</summary>
    private async Task<string[]> InZshAsync(params string[] lines)
    {
        const string Type = """
            zmodload zsh/zpty
            zpty -b z "TERM=dumb zsh -f -i"
            zpty -w z "PS1= RPS1= PROMPT_EOL_MARK=; autoload -Uz compinit; compinit -u -D; source ./script.zsh"
            zpty -w z 'show-line() { print -r -- "<<$BUFFER>>"; BUFFER=; }; zle -N show-line; bindkey "^X" show-line; print re""ady'
            zpty -r z out '*ready*'
            for line in "$@"; do
                zpty -n -w z "$line"$'\t\x18'
                zpty -r z out '*<<*>>*'
                print -r -- "${${out##*<<}%%>>*}"
            done
            zpty -d z
            """;
        return [.. Lines(await Shell.RunAsync("zsh", ["-f", "-c", Type, "zsh", .. lines], _folder)).Select(l => l.TrimEnd())];
    }

    private async Task<string[]> InFishAsync(string line)
    {
        string output = await Shell.RunAsync("fish", ["--no-config", "-c", "source script.fish; complete -C $argv[1]", line], _folder);
        return [.. Lines(output).Select(l => l.Split('\t')[0])];
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
