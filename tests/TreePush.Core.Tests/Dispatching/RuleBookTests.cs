using TreePush.Core.Dispatching;

namespace TreePush.Core.Tests.Dispatching;

public class RuleBookTests
{
    [Theory]
    [InlineData("ibps_1.2.tgz", "ibps")]
    [InlineData("ibps2_1.tgz", "ibps")]
    [InlineData("cnaps2-7.zip", "cnaps[0-9]")]
    public void The_first_rule_that_matches_the_start_of_a_name_decides(string name, string rule)
    {
        Rules("ibps", "ibps2", "cnaps[0-9]").Match(name).Rule!.Name.Should().Be(rule);
    }

    [Theory]
    [InlineData("my-ibps.tgz")]
    [InlineData("")]
    public void A_name_is_matched_at_its_start_only(string name)
    {
        var (rule, fault) = Rules("ibps").Match(name);
        rule.Should().BeNull();
        fault.Should().Contain("no rule");
    }

    [Fact]
    public void An_alternative_is_anchored_as_a_whole()
    {
        Rules("a|b").Match("xb").Rule.Should().BeNull();
    }

    [Fact]
    public void A_pattern_that_would_take_for_ever_is_matched_in_linear_time()
    {
        Rules("(a+)+$").Match(new string('a', 10_000) + "!").Fault.Should().Contain("no rule");
    }

    [Fact]
    public void A_backtracking_pattern_that_takes_too_long_is_told()
    {
        Rules(@"(?=(a+)+b)x").Match(new string('a', 40) + "!").Fault.Should().Contain("took too long");
    }

    [Fact]
    public void A_faulty_pattern_is_refused()
    {
        FileNamePattern.Parse("(a").Fault.Should().Contain("not a regular expression");
    }

    private static RuleBook Rules(params string[] patterns) => new([.. patterns.Select(p => new DispatchRule(FileNamePattern.Parse(p).Pattern!) { Hosts = [] })]);
}
