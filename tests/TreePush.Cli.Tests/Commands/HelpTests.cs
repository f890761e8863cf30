using TreePush.Cli.Commands;
using TreePush.Cli.Output.Console;

namespace TreePush.Cli.Tests.Commands;

/// <summary>Golden/help.txt is what <c>COLUMNS=80 treepush --help</c> prints; Golden/help-NAME.txt is of the command NAME.</summary>
public class HelpTests
{
    private static readonly IReadOnlyList<CommandPage> Pages = CommandLine.Parse().Tree.Pages;

    [Fact]
    public void Help_reads_as_it_was_approved() => Text(0, 80).Should().Be(Repository.Golden("help.txt"));

    [Theory]
    [InlineData("sync")]
    [InlineData("dispatch")]
    [InlineData("agent")]
    [InlineData("submit")]
    [InlineData("tasks")]
    [InlineData("plan")]
    public void Help_of_a_command_reads_as_it_was_approved(string command) => Text(Pages.ToList().FindIndex(p => p.Name == command), 80).Should().Be(Repository.Golden($"help-{command}.txt"));

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal_but_examples(int width)
    {
        for (int i = 0; i < Pages.Count; i++)
        {
            string[] examples = [.. Pages[i].Examples.Select(e => "  " + e.CommandLine), .. Pages[i].Examples.Select(e => "  # " + e.Purpose)];
            Text(i, width).Split('\n').Where(l => l.Length > width).Should().BeSubsetOf(examples);
        }
    }

    [Fact]
    public void Examples_of_the_first_page_fit_a_usual_terminal() => Text(0, 80).Split('\n').Should().NotBeEmpty().And.OnlyContain(l => l.Length <= 80);

    [Fact]
    public void Every_option_of_the_parser_is_in_the_help_of_its_command()
    {
        foreach (var (page, i) in Pages.Select((p, i) => (p, i)))
            foreach (var option in page.Command.Options) Text(i, 80).Should().Contain(CommandPage.Label(option));
    }

    [Fact]
    public void The_option_shows_the_page_of_the_command_that_it_stands_behind()
    {
        CommandLine.Help().Should().Contain("Exit codes:").And.StartWith("Copies files");
        CommandLine.Help("plan").Should().Contain("--stream-rate").And.NotContain("Exit codes:");
    }

    [Fact]
    public void All_exit_codes_are_explained()
    {
        int[] codes = [ExitCode.Success, ExitCode.Internal, ExitCode.Usage, ExitCode.Failed, ExitCode.HungUp, ExitCode.Interrupted, ExitCode.Terminated];
        ExitCode.All.Select(e => e.Code).Should().Equal(codes);
    }

    private static string Text(int page, int width) => string.Concat(new HelpText(Pages, width).Lines(Pages[page]).Select(l => l + "\n"));
}
