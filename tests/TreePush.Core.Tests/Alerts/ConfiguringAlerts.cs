using TreePush.Core.Alerts;
using TreePush.Core.Configs;
using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Alerts;

public sealed class ConfiguringAlerts
{
    private readonly List<Problem> _problems = [];

    [Fact]
    public void A_strategy_is_a_map_of_times_and_numbers()
    {
        Read(("90", "30"), ("5m", "10")).Strategy.ToString().Should().Be("{90: 30, 300: 10}");
        _problems.Should().BeEmpty();
    }

    [Fact]
    public void Without_one_each_error_raises_an_alert() => Read().Strategy.Should().BeSameAs(AlertStrategy.EachError);

    [Theory]
    [InlineData("x", "3")]
    [InlineData("90", "many")]
    [InlineData("90", "0")]
    [InlineData("0", "3")]
    public void One_that_makes_no_sense_is_a_problem_with_its_line(string time, string count)
    {
        Read((time, count));
        _problems.Should().ContainSingle().Which.Where.Should().Be("rules.yml:7");
    }

    private AlertConfig Read(params (string Time, string Count)[] when)
    {
        var entries = when.Select(w => new ConfigEntry(8, w.Time, new ConfigText(8, w.Count))).ToList();
        List<ConfigEntry> keys = [new(6, "command", new ConfigText(6, "true"))];
        if (entries.Count > 0) keys.Add(new ConfigEntry(7, "when", new ConfigMap(8, entries)));
        return AlertConfig.Read(new ConfigReader("rules.yml", new ConfigMap(6, keys), _problems));
    }
}
