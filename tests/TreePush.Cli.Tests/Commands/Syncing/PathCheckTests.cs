using TreePush.Cli.Commands.Syncing;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Tests.Commands.Syncing;

public sealed class PathCheckTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("treepush-paths-");

    [Fact]
    public void Files_and_directories_that_are_there_are_fine()
    {
        File.WriteAllText(In("file"), "x");
        File.CreateSymbolicLink(In("link"), "file");
        foreach (string path in new[] { In("file"), In("link"), _folder.FullName, _folder.FullName + "/" }) Problems(path, "/x").Should().BeEmpty();
    }

    [Fact]
    public void A_source_that_is_not_here_is_told_with_the_option_that_says_where_it_is() =>
        Problems(In("none"), "/no/such/place").Should().ContainSingle().Which.Hint.Should().Contain("-s names the hosts");

    [Fact]
    public void Where_only_dest_is_here_the_two_may_be_swapped() =>
        Problems(In("none"), _folder.FullName).Should().ContainSingle().Which.Hint.Should().Contain("did you swap");

    [Fact]
    public void A_source_elsewhere_is_not_looked_for_here()
    {
        PathCheck.Problems("/no/such", "/x", isHere: false, asRoot: false).Should().BeEmpty();
        PathCheck.Problems("/no/such", "/x", isHere: true, asRoot: true).Should().BeEmpty("root may see what the user does not");
    }

    [Theory]
    [InlineData("web1:/srv")]
    [InlineData("joe@web1:srv")]
    [InlineData("web1::module")]
    [InlineData("rsync://web1/module")]
    [InlineData("[fe80::1]:/srv")]
    public void A_host_in_front_of_a_path_is_rsyncs_way(string path)
    {
        Problems(path, "/x").Should().ContainSingle().Which.Should().Match<Problem>(p => p.Where == "SRC" && p.Hint!.Contains("-s names"));
        Problems(_folder.FullName, path).Should().ContainSingle().Which.Should().Match<Problem>(p => p.Where == "DEST" && p.Hint!.Contains("-w name"));
    }

    [Fact]
    public void A_tilde_that_no_shell_read_is_told()
    {
        Problems("~/x", "~joe/y").Select(p => p.Where).Should().Equal("SRC", "DEST");
        Problems("~/x", "/y")[0].Hint.Should().Contain("login's home");
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", In("pipe"))!;
        made.WaitForExit();
        Problems(In("pipe"), "/x").Should().BeEmpty();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IReadOnlyList<Problem> Problems(string source, string destination) => [.. PathCheck.Problems(source, destination, isHere: true, asRoot: false)];

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
