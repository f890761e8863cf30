using System.Text.RegularExpressions;

namespace TreePush.Testing.Tests;

public sealed partial class NeedsTests
{
    [Fact]
    public void Program_that_is_not_listed_is_an_error_that_says_where_to_add_it()
    {
        var asking = () => Needs.MissingOf("bash", "no-such-program");
        asking.Should().Throw<InvalidOperationException>().WithMessage("tests/needs.txt does not list no-such-program. hint: *");
    }

    [Fact]
    public void Listed_program_that_is_there_is_not_missing() => Needs.MissingOf("bash", "mount").Should().BeNull();

    /// <summary>Whatever a test starts itself, or names by its path, such as a login shell.</summary>
    [Fact]
    public void Tests_name_no_program_that_is_not_listed()
    {
        var named = TestSources.All()
            .SelectMany(source => Named().Matches(source.Text), (source, match) => (Program: match.Groups["program"].Value, source.File)).ToList();
        named.Select(use => use.Program).Should().Contain(["mksh", "tmux", "mkfifo"], "else this test sees nothing");
        named.Where(use => !Needs.Programs.Contains(use.Program)).Should().BeEmpty("tests/needs.txt is what tests/run.sh installs from");
    }

    [GeneratedRegex("""(?:"(?:/usr)?/s?bin/|(?:ProcessStartInfo|Process\.Start|Tool\.RunAsync|Shell\.RunAsync|RunInsideAsync)\(\s*")(?<program>[a-z][\w.+-]*)["\s]""")]
    private static partial Regex Named();
}
