using TreePush.Cli.Commands;

namespace TreePush.Cli.Tests.Commands;

public class UsageCheckTests
{
    private static readonly string[] Hosts = ["-s", "a", "-w", "b"];

    [Fact]
    public void A_plain_push_has_nothing_wrong() => CommandLine.Misuse(["scp x", .. Hosts]).Should().BeEmpty();

    [Theory]
    [InlineData("--retyr", "--retry")]
    [InlineData("--lits", "--list")]
    [InlineData("--dryrun", "--dry-run")]
    public void An_unknown_option_is_named_with_the_one_that_was_meant(string wrong, string right)
    {
        var problem = CommandLine.Misuse(["scp x", wrong, .. Hosts]).Should().ContainSingle().Subject;
        problem.What.Should().Be($"there is no option '{wrong}'");
        problem.Hint.Should().Be($"did you mean {right}?");
    }

    [Fact]
    public void An_unknown_option_of_a_command_is_compared_with_that_commands_options() =>
        CommandLine.Misuse("plan", "--hots", "5").Should().ContainSingle().Which.Hint.Should().Be("did you mean --hosts?");

    [Theory]
    [InlineData("--delte", "/a", "/b")]
    [InlineData("/a", "--delte", "/b")]
    [InlineData("/a", "--delte")]
    public void An_unknown_option_is_no_path(params string[] words)
    {
        CommandLine.Misuse(["sync", .. words, "-w", "h"]).Should().ContainSingle().Which.Hint.Should().Be("did you mean --delete?");
        CommandLine.Misuse("sync", "-w", "h", "--", "-source", "-destination").Should().BeEmpty();
    }

    [Fact]
    public void An_option_like_no_other_leads_to_the_help_of_its_command()
    {
        CommandLine.Misuse("x", "--frobnicate").Should().ContainSingle().Which.Hint.Should().Be("treepush --help lists all options");
        CommandLine.Misuse("plan", "--frobnicate").Should().ContainSingle().Which.Hint.Should().Be("treepush plan --help lists all options");
    }

    [Fact]
    public void A_command_template_in_front_of_a_command_is_not_dropped_silently()
    {
        var problem = CommandLine.Misuse("scp x", "plan", "--hosts", "5").Should().ContainSingle().Subject;
        problem.What.Should().Be("'scp x' comes before the command 'plan', which would ignore it");
        problem.Hint.Should().Contain("'/usr/bin/plan' ...");
    }

    [Fact]
    public void An_option_in_front_of_a_command_is_not_dropped_silently() =>
        CommandLine.Misuse("-s", "a", "plan").Should().ContainSingle().Which.What.Should().Be("-s comes before the command 'plan', which would ignore it");

    [Theory]
    [InlineData("watch")]
    public void Names_of_commands_to_come_are_reserved(string name)
    {
        CommandLine.Misuse([name, .. Hosts]).Should().ContainSingle().Which.What.Should().Be($"the command '{name}' is planned but not in this version");
        CommandLine.Misuse([name + " -a /x /y", .. Hosts]).Should().BeEmpty();
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("submit")]
    [InlineData("tasks")]
    public void A_command_template_in_front_of_a_command_for_tasks_is_not_dropped_either(string name) =>
        CommandLine.Misuse("scp x", name).Should().ContainSingle().Which.What.Should().Be($"'scp x' comes before the command '{name}', which would ignore it");

    [Fact]
    public void Behind_two_dashes_any_word_is_the_command_of_the_push()
    {
        foreach (string word in new[] { "plan", "sync", "-x" })
        {
            CommandLine.Misuse([.. Hosts, "--", word]).Should().BeEmpty();
            CommandLine.Settings([.. Hosts, "--", word]).Command.Should().Be(word);
        }
    }

    [Fact]
    public void A_command_without_its_quotes_is_noticed()
    {
        var problem = CommandLine.Misuse(["scp", "x", .. Hosts]).Should().ContainSingle().Subject;
        problem.What.Should().Be("'x' is an unexpected argument");
        problem.Hint.Should().Contain("single quotes");
    }

    [Fact]
    public void Options_behind_two_dashes_are_explained() =>
        CommandLine.Misuse("--", "sync", "-n").Should().ContainSingle().Which.Hint.Should().Contain("put options before --");

    [Fact]
    public void An_option_that_took_the_next_option_for_its_value_is_noticed()
    {
        var problem = CommandLine.Misuse("scp x", "-s", "-l", "hosts").Should().ContainSingle().Subject;
        problem.Where.Should().Be("-s");
        problem.What.Should().Be("its value is missing: '-l' follows");
    }

    [Fact]
    public void A_dash_is_a_list_on_standard_input() => CommandLine.Misuse("x", "-s", "a", "-l", "-").Should().BeEmpty();

    [Fact]
    public void A_first_word_in_brackets_is_refused_rather_than_lost()
    {
        CommandLine.Misuse(["[ -f x ]", .. Hosts]).Should().ContainSingle().Which.What.Should().Be("'[ -f x ]' can't be the first word");
        CommandLine.Misuse([.. Hosts, "[ -f x ]"]).Should().BeEmpty();
        CommandLine.Settings([.. Hosts, "[ -f x ]"]).Command.Should().Be("[ -f x ]");
    }

    [Fact]
    public void A_word_with_an_at_sign_is_no_file_of_options() => CommandLine.Settings(["@hosts", .. Hosts]).Command.Should().Be("@hosts");

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_shown_whatever_else_is_wrong(string help)
    {
        CommandLine.Misuse("x", "y", "--bogus", help).Should().BeEmpty();
        CommandLine.Misuse("plan", "--bogus", help).Should().BeEmpty();
    }

    [Fact]
    public void Every_reserved_name_is_free_of_commands_that_exist() =>
        CommandLine.Parse().Tree.Pages.Select(p => p.Name).Should().NotIntersectWith(CommandTree.Reserved);
}
