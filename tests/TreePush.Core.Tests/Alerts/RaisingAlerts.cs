using TreePush.Core.Alerts;
using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Alerts;

public sealed class RaisingAlerts
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero);

    private int _seconds;

    [Fact]
    public void So_many_errors_within_the_window_raise_one_alert()
    {
        var trigger = Trigger("{90: 3}");
        Add(trigger, 0, "a").Should().BeNull();
        Add(trigger, 40, "b").Should().BeNull();
        var alert = Add(trigger, 50, "c")!;
        alert.Subject.Should().Be("treepush dispatch: 3 errors within 90 s");
        alert.Time.Should().Be(Start.AddSeconds(90));
        alert.Errors.Select(e => e.Text).Should().Equal("a", "b", "c");
        (alert.Count, alert.Omitted).Should().Be((3, 0));
    }

    [Fact]
    public void Errors_further_apart_than_the_window_raise_none()
    {
        var trigger = Trigger("{90: 3}");
        for (int i = 0; i < 20; i++) Add(trigger, 46, $"{i}").Should().BeNull();
    }

    [Fact]
    public void Whichever_threshold_is_reached_first_raises_the_alert()
    {
        var trigger = Trigger("{10: 3, 100: 5}");
        for (int i = 0; i < 4; i++) Add(trigger, 20, "slow").Should().BeNull();
        Add(trigger, 20, "slow")!.Subject.Should().EndWith("5 errors within 100 s");
        _seconds += 1000;
        for (int i = 0; i < 2; i++) Add(trigger, 1, "fast").Should().BeNull();
        Add(trigger, 1, "fast")!.Subject.Should().EndWith("3 errors within 10 s");
    }

    [Fact]
    public void After_an_alert_none_is_raised_for_a_window_but_errors_are_collected()
    {
        var trigger = Trigger("{90: 2}");
        Add(trigger, 0, "a");
        Add(trigger, 0, "b").Should().NotBeNull();
        for (int i = 0; i < 9; i++) Add(trigger, 9, "resting").Should().BeNull();
        var alert = Add(trigger, 9, "again")!;
        alert.Count.Should().Be(10);
        alert.Errors[^1].Text.Should().Be("again");
    }

    [Fact]
    public void The_rest_may_be_longer_than_the_window()
    {
        var trigger = new AlertTrigger(AlertStrategy.EachError, "x", TimeSpan.FromSeconds(300));
        Add(trigger, 0, "a").Should().NotBeNull();
        Add(trigger, 299, "b").Should().BeNull();
        Add(trigger, 1, "c").Should().NotBeNull();
    }

    [Fact]
    public void An_alert_tells_the_last_errors_and_how_many_came_before()
    {
        var trigger = Trigger("{1000: 200}");
        for (int i = 1; i < 200; i++) Add(trigger, 1, $"error {i}").Should().BeNull();
        var alert = Add(trigger, 1, "error 200")!;
        alert.Errors.Should().HaveCount(AlertTrigger.MostTold);
        alert.Errors[0].Text.Should().Be("error 151");
        alert.Omitted.Should().Be(150);
        alert.Text.Should().Contain("150 errors came before these:").And.Contain("2026-11-27 10:03:20Z  error 200");
    }

    [Fact]
    public void Errors_are_forgotten_when_none_has_come_for_the_longest_window()
    {
        var trigger = Trigger("{10: 2}");
        Add(trigger, 0, "old");
        Add(trigger, 11, "new").Should().BeNull();
        Add(trigger, 1, "newer")!.Errors.Select(e => e.Text).Should().Equal("new", "newer");
    }

    [Fact]
    public void Hostile_text_can_not_break_a_line_or_a_terminal()
    {
        var alert = Add(new AlertTrigger(AlertStrategy.EachError, "x\r\nBcc: y"), 0, "a\r\nSubject: b\u001b[2J" + new string('x', 5000))!;
        alert.Subject.Should().NotContainAny("\r", "\n");
        alert.Errors[0].Text.Should().NotContainAny("\r", "\n", "\u001b").And.HaveLength(1001);
    }

    private static AlertTrigger Trigger(string strategy) => new(AlertStrategy.Parse(strategy, "", new List<Problem>())!, "treepush dispatch");

    /// <param name="after">Seconds since the last error.</param>
    private Alert? Add(AlertTrigger trigger, int after, string text) => trigger.Add(text, Start.AddSeconds(_seconds += after));
}
