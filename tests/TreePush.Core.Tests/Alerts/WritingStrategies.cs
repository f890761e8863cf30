using TreePush.Core.Alerts;
using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Alerts;

public sealed class WritingStrategies
{
    private readonly List<Problem> _problems = [];

    [Theory]
    [InlineData("{90: 30, 150: 10}", "{90: 30, 150: 10}")]
    [InlineData(" 150:10,90:30 ", "{90: 30, 150: 10}")]
    [InlineData("{0.5: 1}", "{0.5: 1}")]
    public void A_strategy_names_windows_and_numbers_of_errors(string text, string printed)
    {
        Parse(text)!.ToString().Should().Be(printed);
        Parse(printed)!.Thresholds.Should().Equal(Parse(text)!.Thresholds);
        _problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{90}")]
    [InlineData("{90: }")]
    [InlineData("{90: 30: 1}")]
    [InlineData("{x: 30}")]
    [InlineData("{90: -1}")]
    [InlineData("{90: 0}")]
    [InlineData("{0: 3}")]
    [InlineData("{-5: 3}")]
    [InlineData("{1e300: 3}")]
    [InlineData("{90: 3, 90: 4}")]
    [InlineData("{90: 99999999999}")]
    [InlineData("{99999999: 3}")]
    public void A_strategy_that_makes_no_sense_is_a_problem(string text)
    {
        Parse(text).Should().BeNull();
        _problems.Should().NotBeEmpty().And.OnlyContain(p => p.Where == "alerts");
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        Parse("{x: 1, y: 2, 3: 4}").Should().BeNull();
        _problems.Should().HaveCount(2);
    }

    [Fact]
    public void No_text_whatsoever_is_an_unexpected_failure()
    {
        var random = new Random(11);
        const string Letters = "{}:,0123456789. -ex\n\u0000é";
        for (int i = 0; i < 2000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(12)).Select(_ => Letters[random.Next(Letters.Length)])]);
            _problems.Clear();
            (Parse(text) is null).Should().Be(_problems.Count > 0, text);
        }
    }

    private AlertStrategy? Parse(string text) => AlertStrategy.Parse(text, "alerts", _problems);
}
