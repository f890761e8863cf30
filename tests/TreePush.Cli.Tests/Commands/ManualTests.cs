using TreePush.Cli.Commands.Manual;
using TreePush.Testing;

namespace TreePush.Cli.Tests.Commands;

public class ManualTests
{
    private static string Page => new ManualPage(CommandLine.Parse().Tree.Pages).Write();

    [Fact]
    public void The_page_in_docs_is_what_the_program_prints() =>
        Page.Should().Be(Repository.Read("docs", "treepush.1"), "after a change run: dotnet run --project src/TreePush.Cli -- man > docs/treepush.1");

    [Fact]
    public void Every_section_that_a_reader_looks_for_is_there()
    {
        string[] sections = ["NAME", "SYNOPSIS", "DESCRIPTION", "VARIABLES", "HOST LISTS", "SYNC", "DISPATCH", "AGENTS", "OPTIONS", "COMMANDS", "EXIT STATUS", "FILES", "WHILE IT RUNS", "EXAMPLES", "SEE ALSO"];
        Page.Split('\n').Where(l => l.StartsWith(".SH ", StringComparison.Ordinal)).Select(l => l[4..]).Should().Equal(sections);
    }

    [FactWith("mandoc")]
    public async Task The_page_satisfies_mandocs_linter()
    {
        using var file = new TemporaryFile(Page);
        (await Shell.RunAsync("mandoc", ["-T", "lint", file.Path])).Should().Be("");
    }

    [FactWith("man")]
    public async Task The_page_is_shown_by_man_without_warnings()
    {
        using var file = new TemporaryFile(Page);
        string shown = await Shell.RunAsync("sh", ["-c", "man --warnings -l \"$0\" 2>&1 | cat", file.Path]);
        shown.Should().Contain("TREEPUSH(1)").And.NotContain("warning").And.Contain("TPUSH_HOST");
    }

    [Theory]
    [InlineData(".TH is no request here", @"\&.TH is no request here")]
    [InlineData("a-b 'c' \"d\" \\e", @"a\-b \(aqc\(aq \(dqd\(dq \ee")]
    [InlineData("*bold* _italic_ a__b 2**3", @"\fBbold\fR \fIitalic\fR a_b 2*3")]
    [InlineData("N·S/B", @"N\[u00B7]S/B")]
    public void Text_is_escaped_and_marks_become_fonts(string text, string roff) => new Roff().Text(text).ToString().Should().Be(roff + "\n");
}
