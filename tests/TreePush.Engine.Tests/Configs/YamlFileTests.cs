using TreePush.Core.Configs;
using TreePush.Engine.Configs;

namespace TreePush.Engine.Tests.Configs;

public class YamlFileTests
{
    [Fact]
    public void Each_value_has_its_line()
    {
        var (map, problems) = YamlFile.Read("f", "quiet: 5s\nrules:\n  - match: 'a b'\n    host: [x, y]\n    empty:\n");
        problems.Should().BeEmpty();
        map!.Entries.Select(e => (e.Line, e.Key)).Should().Equal((1, "quiet"), (2, "rules"));
        var rule = (ConfigMap)((ConfigList)map.Entries[1].Value).Items[0];
        rule.Entries.Select(e => (e.Line, e.Key)).Should().Equal((3, "match"), (4, "host"), (5, "empty"));
        rule.Entries[0].Value.Should().Be(new ConfigText(3, "a b"));
        rule.Entries[2].Value.Should().BeOfType<ConfigText>().Which.Value.Should().BeNull();
    }

    [Theory]
    [InlineData("", "f", "empty")]
    [InlineData("- a\n- b\n", "f:1", "not a map")]
    [InlineData("a: 1\nb: [1, 2\n", "f:", "not YAML")]
    [InlineData("a: &x 1\nb: *x\n", "f:1", "anchors")]
    [InlineData("a: !!int 1\n", "f:1", "tags")]
    [InlineData("a: 1\n---\nb: 2\n", "f:2", "more than one document")]
    public void What_is_no_such_file_is_told_with_its_place(string text, string where, string what)
    {
        var (map, problems) = YamlFile.Read("f", text);
        map.Should().BeNull();
        var problem = problems.Should().ContainSingle().Which;
        problem.Where.Should().StartWith(where);
        problem.What.Should().Contain(what);
    }

    [Fact]
    public void Values_that_are_nested_without_end_are_refused()
    {
        YamlFile.Read("f", string.Concat(Enumerable.Repeat("[", 10_000))).Problems.Should().ContainSingle();
    }

    /// <summary>From seeds: no input whatsoever ends in an unexpected exception.</summary>
    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        const string alphabet = "ab:- \n\t[]{},#&*!|>'\"%@`?~\\0";
        var random = new Random(7);
        for (int i = 0; i < 3000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var (map, problems) = YamlFile.Read("f", text);
            (map is null).Should().Be(problems.Count > 0, "{0}", text);
        }
    }
}
