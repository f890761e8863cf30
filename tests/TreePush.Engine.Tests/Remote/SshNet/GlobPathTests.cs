using TreePush.Engine.Remote.SshNet;

namespace TreePush.Engine.Tests.Remote.SshNet;

/// <summary>Which files an <c>Include</c> names.</summary>
public sealed class GlobPathTests : IDisposable
{
    private readonly Temporary _temporary = new();

    public GlobPathTests()
    {
        foreach (string folder in (string[])["one", "two", ".hidden"]) Directory.CreateDirectory(_temporary[folder]);
        foreach (string file in (string[])["10-a", "20-b", ".c", "[x]", "one/d", "two/d", "one/.d", ".hidden/d"]) _temporary.Write(file, "");
    }

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("10-a", "10-a")]
    [InlineData("gone", "")]
    [InlineData("gone/*", "")]
    [InlineData("?0-*", "10-a 20-b")]
    [InlineData("[12]0-?", "10-a 20-b")]
    [InlineData("[!1]0-*", "20-b")]
    [InlineData("[0-1]0-*", "10-a")]
    [InlineData("[]x]*", "")]
    [InlineData("[[]x[]]", "[x]")]
    [InlineData(".c*", ".c")]
    [InlineData("*/d", "one/d two/d")]
    [InlineData("one/*", "one/d")]
    [InlineData("1[0-a", "")]
    public void Wildcards_match_as_in_a_shell(string pattern, string files) =>
        GlobPath.Matches(_temporary[pattern]).Select(f => Path.GetRelativePath(_temporary.Directory, f)).Should().Equal(files.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
