namespace TreePush.Core.Tests.Queueing;

public sealed class SourceChoiceTests
{
    private readonly Table _table = new(slots: 2);

    [Fact]
    public void Source_in_the_same_zone_comes_first()
    {
        _table.Offer("a", "east");
        _table.Offer("b", "west");
        _table.Granted("x", "west").Source.Should().Be("b");
        _table.Granted("y", "west").Source.Should().Be("b", "its zone counts more than that it is busier");
        _table.Granted("z", "west").Source.Should().Be("a", "no slot is free in its zone");
    }

    [Fact]
    public void Source_that_failed_the_host_comes_after_all_others_even_in_the_same_zone()
    {
        _table.Offer("a", "east");
        _table.Offer("b", "west");
        var claim = _table.Granted("x", "west");
        _table.Fail("x", claim);
        _table.Pass(TimeSpan.FromMinutes(1));
        _table.Granted("x", "west").Source.Should().Be("a");
    }

    [Fact]
    public void Least_busy_source_comes_first_then_the_least_failed_then_the_first_by_name()
    {
        foreach (string source in (string[])["c", "b", "a"]) _table.Offer(source);
        _table.Fail("x", _table.Granted("x"));
        _table.Granted("y1").Source.Should().Be("b", "a has failed once");
        _table.Granted("y2").Source.Should().Be("c");
        _table.Granted("y3").Source.Should().Be("a", "it is idle still");
        _table.Granted("y4").Source.Should().Be("b");
    }

    [Fact]
    public void Longest_waiting_host_is_woken_for_a_free_slot()
    {
        Wait("late", null, 2);
        Wait("later", null, 1);
        _table.Offer("s");
        _table.Woken.Should().Equal("late", "later");
        _table.Waiters.Should().BeEmpty();
    }

    [Fact]
    public void Hosts_of_the_source_s_zone_are_woken_first()
    {
        Wait("a", "west", 1);
        Wait("b", "west", 1);
        Wait("c", "east", 1);
        _table.Offer("s", "east");
        _table.Woken.Should().Equal("c", "a");
    }

    [Fact]
    public void Woken_host_that_comes_too_late_keeps_its_place()
    {
        Wait("a", null, 1);
        _table.Offer("s");
        _table.Granted("x");
        _table.Granted("y");
        Wait("b", null, 1);
        _table.Claim("a");
        _table.Waiters.Should().Equal("a", "b");
    }

    [Fact]
    public void Finish_wakes_as_many_as_there_are_new_slots()
    {
        _table.Offer("s");
        var claim = _table.Granted("x");
        _table.Granted("y");
        for (int i = 0; i < 5; i++) Wait($"w{i}", null, 1);
        _table.Finish("x", claim);
        _table.Woken.Should().Equal("w0", "w1", "w2");
    }

    private void Wait(string host, string? zone, int seconds)
    {
        _table.Claim(host, zone);
        _table.Pass(TimeSpan.FromSeconds(seconds));
    }
}
