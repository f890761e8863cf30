using System.Text;
using TreePush.Core.Manifests;

namespace TreePush.Core.Tests.Manifests;

public sealed class PathsInsideATree
{
    [Theory]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("../a")]
    [InlineData("a/..")]
    [InlineData("a\0b")]
    public void Path_that_could_lead_out_of_the_tree_is_refused(string text) =>
        RelativePath.TryParse(Encoding.UTF8.GetBytes(text), out _).Should().BeFalse();

    [Theory]
    [InlineData("a")]
    [InlineData("a/b/c")]
    [InlineData("...")]
    [InlineData("..a/b..")]
    [InlineData(" /\n")]
    [InlineData("-rf")]
    public void Any_other_name_is_taken(string text) => RelativePath.Of(text).ToString().Should().Be(text.Replace("\n", "\\x0a", StringComparison.Ordinal));

    [Fact]
    public void Names_and_paths_have_a_longest_length()
    {
        RelativePath.TryParse(new string('n', 255).ToBytes(), out _).Should().BeTrue();
        RelativePath.TryParse(new string('n', 256).ToBytes(), out _).Should().BeFalse();
        RelativePath.TryParse(string.Join('/', Enumerable.Repeat("n", 2048)).ToBytes(), out var deep).Should().BeTrue();
        deep.TryChild("n"u8, out _).Should().BeFalse("4097 bytes are one too many");
        RelativePath.TryParse($"{deep.Parent}/nn".ToBytes(), out var longest).Should().BeTrue("4096 bytes are not too many");
        deep.Parent.TryChild("nn"u8, out var same).Should().BeTrue();
        same.Should().Be(longest);
        RelativePath.TryParse($"{deep.Parent}/nnn".ToBytes(), out _).Should().BeFalse();
    }

    [Fact]
    public void Directory_comes_before_its_contents_and_those_before_its_next_sibling()
    {
        string[] ordered = ["", "a", "a/b", "a/b/c", "a/b\u0001", "a\u0001", "a b", "a-b", "a.txt", "aa", "b"];
        var paths = ordered.Select(RelativePath.Of).ToList();
        paths.AsEnumerable().Reverse().Order().Should().Equal(paths);
        foreach (var (first, second) in paths.Zip(paths.Skip(1)))
        {
            (first < second, first <= second, first > second, first >= second).Should().Be((true, true, false, false));
            (second < first, second <= first, second > first, second >= first).Should().Be((false, false, true, true));
            var equal = RelativePath.Of(first.Bytes);
            (first < equal, first <= equal, first > equal, first >= equal).Should().Be((false, true, false, true));
        }
    }

    [Fact]
    public void Parts_of_a_path_are_its_name_and_its_parent()
    {
        var path = RelativePath.Of("a/b/c");
        path.Parent.Should().Be(RelativePath.Of("a/b"));
        Encoding.UTF8.GetString(path.Name).Should().Be("c");
        path.Parent.Parent.Parent.Should().Be(RelativePath.Root);
        RelativePath.Root.Parent.Should().Be(RelativePath.Root);
        path.Parent.TryChild("c"u8, out var again).Should().BeTrue();
        again.Should().Be(path);
    }

    [Fact]
    public void Equal_paths_are_one_in_a_dictionary_and_others_are_not()
    {
        RelativePath.Of("a/b").GetHashCode().Should().Be(RelativePath.Of("a/b").GetHashCode());
        Enumerable.Range(0, 1000).Select(n => RelativePath.Of($"f{n}").GetHashCode()).Distinct().Should().HaveCountGreaterThan(900);
    }

    [Fact]
    public void Root_is_shown_as_a_dot_and_a_refused_path_with_its_bytes()
    {
        RelativePath.Root.ToString().Should().Be(".");
        ((Action)(() => RelativePath.Of("a/../b"))).Should().Throw<FormatException>().WithMessage("'a/../b' is not a path inside a tree");
    }

    [Theory]
    [InlineData("a/b", "a", true)]
    [InlineData("a/b", "", true)]
    [InlineData("a", "a", false)]
    [InlineData("", "", false)]
    [InlineData("ab", "a", false)]
    [InlineData("a", "a/b", false)]
    public void Entry_is_below_the_directories_above_it(string path, string directory, bool below) =>
        RelativePath.Of(path).IsBelow(RelativePath.Of(directory)).Should().Be(below);

    [Fact]
    public void Different_names_never_look_the_same()
    {
        Show([0xff, (byte)'a']).Should().Be("\\xffa");
        Show("\\xffa"u8).Should().Be("\\\\xffa");
        Show("rtl\u202E\u001b[1m"u8).Should().Be("rtl\\xe2\\x80\\xae\\x1b[1m");
        Show("häuser/ü b"u8).Should().Be("häuser/ü b");
    }

    private static string Show(ReadOnlySpan<byte> bytes) => RelativePath.Of(bytes).ToString();
}
