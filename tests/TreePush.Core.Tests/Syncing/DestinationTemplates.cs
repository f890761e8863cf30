using TreePush.Core.Hosts;
using TreePush.Core.Syncing;

namespace TreePush.Core.Tests.Syncing;

public sealed class DestinationTemplates
{
    [Theory]
    [InlineData("/srv/www", "/srv/www")]
    [InlineData("/srv/$TPUSH_PATH", "/srv/a b")]
    [InlineData("${TPUSH_PATH}er/", "a ber/")]
    [InlineData("/$TPUSH_HOST-$TPUSH_PORT/$TPUSH_USER", "/web1-2222/joe")]
    [InlineData("/a$$b/$$TPUSH_PATH", "/a$b/$TPUSH_PATH")]
    [InlineData("../own/./dots", "../own/./dots")]
    [InlineData("$TPUSH_ABSOLUTE", "/data/x/")]
    public void Variables_are_replaced_and_all_else_stays(string text, string path) => Expand(text).Should().Be((path, null));

    [Theory]
    [InlineData("/srv/$HOME")]
    [InlineData("/srv/$TPUSH_")]
    [InlineData("/srv/$tpush_path")]
    [InlineData("/srv/${TPUSH_PATH")]
    [InlineData("/srv/${TPUSH-PATH}")]
    [InlineData("/srv/$(id)")]
    [InlineData("/srv/$")]
    public void A_dollar_sign_that_begins_no_variable_is_told_with_the_way_to_write_one(string text)
    {
        var (template, problems) = DestinationTemplate.Parse(text);
        template.Should().BeNull();
        problems.Should().ContainSingle().Which.Hint.Should().Contain("$$");
    }

    [Fact]
    public void All_faults_of_a_text_are_told_at_once() => DestinationTemplate.Parse("$A/$B/$TPUSH_C/${").Problems.Should().HaveCount(3);

    /// <summary>A value that is nothing would make DEST the folder above, which --delete would empty.</summary>
    [Theory]
    [InlineData("/srv/$TPUSH_EMPTY", "TPUSH_EMPTY is empty")]
    [InlineData("$TPUSH_ROOT", "TPUSH_ROOT is '/' alone")]
    [InlineData("/srv/$TPUSH_UP/x", "a variable makes .. a part of the path '/srv/../x'")]
    [InlineData("/srv/$TPUSH_DEEP", "a variable makes .. a part of the path '/srv/a/../../etc'")]
    [InlineData("/srv/.$TPUSH_DOT", "a variable makes .. a part of the path '/srv/..'")]
    [InlineData("/srv/$TPUSH_DOT/", "a variable makes . a part of the path '/srv/./'")]
    [InlineData("/srv/$TPUSH_NUL", "TPUSH_NUL has a NUL character")]
    [InlineData("/srv/$TPUSH_NONE", "there is no TPUSH_NONE")]
    public void A_value_cannot_lead_anywhere_but_below_what_was_written(string text, string fault) => Expand(text).Should().Be((null, fault));

    [Fact]
    public void Values_are_text_and_are_not_looked_into_again() => Expand("/srv/$TPUSH_SLY").Should().Be(("/srv/$TPUSH_HOST;`id`'\"\n", null));

    [Fact]
    public void Hosts_with_the_same_fault_are_named_together()
    {
        var template = DestinationTemplate.Parse("/srv/$TPUSH_PATH").Template!;
        Host[] hosts = [Web, new("h1"), new("h2"), new Host("h3").WithVariables(new Dictionary<string, string> { ["PATH"] = "" })];
        template.Check(hosts).Select(p => $"{p.Where}: {p.What}").Should().Equal("DEST: there is no TPUSH_PATH for 2 hosts: h[1-2]", "DEST: TPUSH_PATH is empty for h3");
    }

    [Fact]
    public void A_user_that_no_list_names_is_no_value()
    {
        var template = DestinationTemplate.Parse("/home/$TPUSH_USER").Template!;
        template.Expand(new Host("a")).Fault.Should().Be("there is no TPUSH_USER");
    }

    [Fact]
    public void No_text_and_no_value_is_an_unexpected_error()
    {
        string[] bits = ["$", "{", "}", "TPUSH_", "PATH", "..", ".", "/", "a", "\n", "\0", "世", "$$", "$TPUSH_PATH"];
        var random = new Random(20261122);
        for (int i = 0; i < 20_000; i++)
        {
            string Any() => string.Concat(Enumerable.Range(0, random.Next(7)).Select(_ => bits[random.Next(bits.Length)]));
            var host = new Host("a").WithVariables(new Dictionary<string, string> { ["PATH"] = Any() });
            if (DestinationTemplate.Parse(Any()).Template is { } template) (template.Expand(host) is (null, null)).Should().BeFalse();
        }
    }

    private static Host Web { get; } = new Host("web1", 2222, "joe").WithVariables(new Dictionary<string, string>
    {
        ["PATH"] = "a b",
        ["ABSOLUTE"] = "/data/x/",
        ["EMPTY"] = "",
        ["ROOT"] = "/",
        ["UP"] = "..",
        ["DEEP"] = "a/../../etc",
        ["DOT"] = ".",
        ["NUL"] = "a\0b",
        ["SLY"] = "$TPUSH_HOST;`id`'\"\n",
    });

    private static (string? Path, string? Fault) Expand(string text) => DestinationTemplate.Parse(text).Template!.Expand(Web);
}
