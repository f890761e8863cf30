using TreePush.Core.Manifests;

namespace TreePush.Core.Tests.Manifests;

public sealed class FilteringPaths
{
    [Theory]
    [InlineData("*.o", "a.o", true)]
    [InlineData("*.o", "d/a.o", true)]
    [InlineData("*.o", "a.oo", false)]
    [InlineData("foo", "d/foo", true)]
    [InlineData("foo", "d/foobar", false)]
    [InlineData("/foo", "foo", true)]
    [InlineData("/foo", "d/foo", false)]
    [InlineData("foo/", "foo/", true)]
    [InlineData("foo/", "foo", false)]
    [InlineData("d/foo", "d/foo", true)]
    [InlineData("d/foo", "x/d/foo", true)]
    [InlineData("d/foo", "xd/foo", false)]
    [InlineData("d/*", "d/a", true)]
    [InlineData("d/*.o", "d/a/b.o", false)]
    [InlineData("d/**", "d/a/b", true)]
    [InlineData("d/**", "d/", false)]
    [InlineData("d/***", "d/", true)]
    [InlineData("d/***", "d", false)]
    [InlineData("d/***", "x/d/a/b", true)]
    [InlineData("**/foo", "foo", true)]
    [InlineData("**/foo", "a/b/foo", true)]
    [InlineData("**foo", "a/bfoo", true)]
    [InlineData("a**b", "x/ac/db", true)]
    [InlineData("a*b", "ac/db", false)]
    [InlineData("?", "d/a", true)]
    [InlineData("?", "ab", false)]
    [InlineData("[a-c]", "b", true)]
    [InlineData("[!a-c]", "b", false)]
    [InlineData("[]x]", "]", true)]
    [InlineData("[[:digit:]x]", "7", true)]
    [InlineData("[[:digit:]-]", "-", true)]
    [InlineData("a[/]b", "a/b", false)]
    [InlineData("\\*", "\\*", false)]
    [InlineData("\\*", "*", true)]
    [InlineData("a\\b", "a\\b", true)]
    public void Pattern_speaks_of_names_or_of_paths(string pattern, string path, bool excluded) =>
        Excludes([(false, pattern)], path).Should().Be(excluded);

    [Theory]
    [InlineData("keep.o", false)]
    [InlineData("d/keep.o", false)]
    [InlineData("other.o", true)]
    [InlineData("other.c", false)]
    public void First_rule_that_matches_decides(string path, bool excluded) =>
        Excludes([(true, "keep.o"), (false, "*.o"), (true, "other.o")], path).Should().Be(excluded);

    [Fact]
    public void What_lies_in_an_excluded_directory_is_left_out_with_it() =>
        Excludes([(false, "d/"), (true, "a")], "x/d/a").Should().BeTrue();

    [Fact]
    public void Root_always_takes_part() => Excludes([(false, "*"), (false, "**")], "").Should().BeFalse();

    [Fact]
    public void Bytes_that_are_no_text_are_matched_one_by_one()
    {
        var (filter, _) = PathFilter.Parse([new FilterRule(false, new ByteString([(byte)'?', 0xff]))]);
        filter!.Excludes([0xfe, 0xff], isDirectory: false).Should().BeTrue();
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/", "stands for the root")]
    [InlineData("a//b", "a component that no path has")]
    [InlineData("../a", "a component that no path has")]
    [InlineData("[a", "a '[' that is not closed")]
    [InlineData("[[:nonsense:]]", "a bracket that can't be read")]
    [InlineData("*\\", "a backslash that escapes nothing")]
    [InlineData("a\0", "holds a NUL")]
    public void Pattern_that_can_match_nothing_is_refused(string pattern, string what)
    {
        var (filter, problems) = PathFilter.Parse([(false, pattern), (true, "fine")]);
        filter.Should().BeNull();
        problems.Should().ContainSingle().Which.What.Should().Contain(what);
    }

    [Fact]
    public void Pattern_full_of_stars_takes_no_longer_than_its_length_times_the_paths()
    {
        string pattern = string.Concat(Enumerable.Repeat("*a", 100)) + "b";
        Excludes([(false, pattern)], new string('a', 255)).Should().BeFalse();
    }

    /// <param name="path">With a slash at its end, a directory.</param>
    private static bool Excludes((bool, string)[] rules, string path)
    {
        var (filter, problems) = PathFilter.Parse(rules);
        problems.Should().BeEmpty();
        return filter!.ExcludesWithin(RelativePath.Of(path.TrimEnd('/')), path.EndsWith('/'));
    }
}
