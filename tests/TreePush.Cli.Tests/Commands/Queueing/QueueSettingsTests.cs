using TreePush.Cli.Commands.Queueing;

namespace TreePush.Cli.Tests.Commands.Queueing;

/// <summary>The options of agent, submit and tasks.</summary>
public sealed class QueueSettingsTests
{
    private static readonly string[] Redis = ["--redis", "redis://10.0.0.5"];

    [Fact]
    public void An_agent_needs_little()
    {
        var settings = Agent([.. Redis, "--root", "/tmp", "--name", "web1"]);
        settings.Problems.Should().BeEmpty();
        settings.Agent.Roots.Should().Equal("/tmp");
        settings.Agent.Name.Should().Be("web1");
        settings.Agent.Lease.Should().Be(TimeSpan.FromSeconds(30));
        settings.LogFolder.Should().StartWith(settings.State);
    }

    [Fact]
    public void All_that_is_wrong_with_an_agent_is_told_at_once() =>
        Agent("--name", "a b", "--root", "relative", "--serve", "x", "--lease", "soon", "--prefix", "{x}", "--zone", "a b", "--redis-ca", "/none", "--redis-password-file", "/none", "--command", " ")
            .Problems.Select(p => p.Where).Should().BeEquivalentTo("--redis", "--redis-password-file", "--redis-ca", "--prefix", "--name", "--zone", "--root", "--serve", "--lease", "--command");

    [Fact]
    public void An_agent_needs_to_know_where_it_may_write() =>
        Agent(Redis).Problems.Should().ContainSingle().Which.Where.Should().Be("--root");

    [Fact]
    public void An_agent_that_only_serves_needs_no_root() => Agent([.. Redis, "--serve", "/srv/data"]).Problems.Should().BeEmpty();

    [Theory]
    [InlineData("redis://:secret@10.0.0.5", true)]
    [InlineData("redis://anna:secret@10.0.0.5/10", true)]
    [InlineData("redis://anna@10.0.0.5", false)]
    [InlineData("redis://10.0.0.5:6379", false)]
    public void A_password_in_an_argument_is_warned_of(string url, bool isWarned) =>
        Agent("--redis", url, "--root", "/tmp").Store.Warnings.Any().Should().Be(isWarned);

    [Fact]
    public void A_task_is_one_file()
    {
        Submit([.. Redis]).Problems.Should().ContainSingle().Which.What.Should().Be("no file is given");
        Submit(["/a", "/b", .. Redis]).Problems.Should().ContainSingle().Which.What.Should().Be("'/b' is an unexpected argument");
    }

    [Fact]
    public void Retries_are_attempts_after_the_first()
    {
        Submit(["/a", .. Redis]).Submit.MaxAttempts.Should().Be(5);
        Submit(["/a", "-r", "0", .. Redis]).Submit.MaxAttempts.Should().Be(1);
        Submit(["/a", "-m", "3", .. Redis]).Submit.Slots.Should().Be(3);
    }

    [Fact]
    public void A_host_that_does_not_serve_is_no_source()
    {
        Submit(["/a", "--name", "web1", .. Redis]).Submit.Source.Should().Be("web1");
        Submit(["/a", "--no-serve", .. Redis]).Submit.Source.Should().BeNull();
    }

    [Theory]
    [InlineData("--min-success", "5")]
    [InlineData("--timeout", "5")]
    public void Options_for_waiting_need_wait(string option, string value)
    {
        Submit(["/a", option, value, .. Redis]).Problems.Should().ContainSingle().Which.Where.Should().Be(option);
        Submit(["/a", "--wait", option, value, .. Redis]).Problems.Should().BeEmpty();
    }

    [Fact]
    public void Tasks_are_listed_shown_or_cancelled()
    {
        Tasks(Redis).Should().Match<TasksSettings>(s => s.Task == null && !s.Cancel && s.Problems.Count == 0);
        Tasks(["plain", .. Redis]).Should().Match<TasksSettings>(s => s.Task == "plain" && !s.Cancel && s.Problems.Count == 0);
        Tasks(["cancel", "x", .. Redis]).Should().Match<TasksSettings>(s => s.Task == "x" && s.Cancel && s.Problems.Count == 0);
        Tasks(["cancel", .. Redis]).Problems.Should().ContainSingle();
        Tasks(["--watch", .. Redis]).Problems.Should().ContainSingle();
    }

    private static AgentSettings Agent(params string[] words)
    {
        var options = new AgentCliOptions();
        return AgentSettings.Read(options, AgentCommand.Bare(options).Parse(words));
    }

    private static SubmitSettings Submit(params string[] words)
    {
        var options = new SubmitCliOptions();
        return SubmitSettings.Read(options, SubmitCommand.Bare(options).Parse(words));
    }

    private static TasksSettings Tasks(params string[] words)
    {
        var options = new TasksCliOptions();
        return TasksSettings.Read(options, TasksCommand.Bare(options).Parse(words));
    }
}
