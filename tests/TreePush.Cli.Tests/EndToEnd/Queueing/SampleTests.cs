using System.Text.RegularExpressions;
using TreePush.Cli.Commands.Queueing;
using TreePush.Cli.Tests.Commands;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Queueing;

/// <summary>samples/agents.sh, and the files of samples/agents.</summary>
public sealed partial class SampleTests
{
    [AgentFact("bash", "unshare", "mount")]
    public async Task Sample_shows_a_tree_of_eight_hosts_and_leaves_nothing()
    {
        string temporary = Directory.CreateTempSubdirectory("tp-sample-").FullName;
        await using var fleet = await AgentFleet.StartAsync(hosts: 1);
        var options = new ProgramOptions { WorkingDirectory = Repository.PathOf("samples"), Environment = new Dictionary<string, string?> { ["TREEPUSH"] = Workplace.Program, ["TMPDIR"] = temporary }, Timeout = TimeSpan.FromMinutes(2) };
        var result = await fleet.Hosts[0].RunAsync("bash", [Repository.PathOf("samples", "agents.sh")], options);
        result.ShouldSucceed().Output.Should().Contain("8 of 8 hosts finished").And.MatchRegex("      8 [0-9a-f]{64}\n").And.Contain("ended");
        Directory.EnumerateFileSystemEntries(temporary).Should().BeEmpty();
        Directory.Delete(temporary);
    }

    [Theory]
    [InlineData("treepush-agent.service")]
    [InlineData("crontab")]
    public void Agents_of_the_samples_are_started_with_options_that_exist(string file)
    {
        string text = Repository.Read("samples", "agents", file).Replace("\\\n", " ", StringComparison.Ordinal).Replace("$$", "$", StringComparison.Ordinal);
        string line = text.Split('\n').Single(l => l.Contains("treepush agent --", StringComparison.Ordinal) && !l.StartsWith('#'));
        string[] words = [.. Word().Matches(line[line.IndexOf("agent ", StringComparison.Ordinal)..]).Select(m => m.Value.Trim('\''))];
        CommandLine.Misuse(words).Should().BeEmpty();
        var options = new AgentCliOptions();
        var settings = AgentSettings.Read(options, AgentCommand.Bare(options).Parse(words[1..]));
        // The files are not there on the machine of the tests.
        settings.Problems.Select(p => p.Where).Should().BeSubsetOf(["--redis-password-file", "--root"]);
        settings.Agent.Command.Should().Contain("$TPUSH_SRC/treepush$TPUSH_PATH");
    }

    [GeneratedRegex("'[^']*'|\\S+")]
    private static partial Regex Word();
}
