using TreePush.Core.Queueing;

namespace TreePush.Core.Tests.Queueing;

public sealed class ClaimTableTests
{
    private readonly Table _table = new();

    [Fact]
    public void Host_waits_as_long_as_nobody_has_the_file() => _table.Claim("a").Result.Should().Be(ClaimResult.Waiting);

    [Fact]
    public void Source_serves_as_many_hosts_at_once_as_it_has_slots()
    {
        var table = new Table(slots: 2);
        table.Offer("s");
        table.Granted("a").Source.Should().Be("s");
        table.Granted("b").Source.Should().Be("s");
        table.Claim("c").Result.Should().Be(ClaimResult.Waiting);
        table["s"].Serving.Should().Be(2);
    }

    [Fact]
    public void Finished_host_becomes_a_source()
    {
        _table.Offer("s");
        _table.Finish("a", _table.Granted("a")).Should().BeTrue();
        _table.Granted("b");
        _table.Granted("c");
        _table.Claim("a").Result.Should().Be(ClaimResult.Finished);
    }

    [Fact]
    public void Host_that_pulls_is_granted_nothing_else()
    {
        var table = new Table(slots: 4);
        table.Offer("s");
        table.Granted("a");
        table.Claim("a").Should().Be(new ClaimAnswer(ClaimResult.Held, NotBefore: table.Now + Table.Lease));
    }

    [Fact]
    public void Tokens_grow_with_every_claim()
    {
        _table.Offer("s");
        var first = _table.Granted("a");
        _table.Release("a", first);
        _table.Granted("b").Token.Should().BeGreaterThan(first.Token);
    }

    [Fact]
    public void Given_back_claim_is_no_attempt()
    {
        _table.Offer("s");
        _table.Release("a", _table.Granted("a")).Should().BeTrue();
        _table["a"].Attempts.Should().Be(0);
        _table.Granted("a").Attempt.Should().Be(1);
    }

    [Fact]
    public void Host_that_offers_itself_in_the_middle_gives_its_claim_back()
    {
        _table.Offer("s");
        var claim = _table.Granted("a");
        _table.Offer("a");
        _table.Finish("a", claim).Should().BeFalse();
        _table["a"].Should().Match<TaskHost>(h => h.Progress == HostProgress.Finished && h.Source == null);
        _table["s"].Serving.Should().Be(0);
    }

    [Fact]
    public void Host_whose_file_has_changed_serves_nobody_and_pulls_again()
    {
        _table.Offer("s");
        _table.Withdraw("s");
        _table.Claim("a").Result.Should().Be(ClaimResult.Waiting);
        _table.Offer("t");
        _table.Granted("s").Source.Should().Be("t");
    }

    [Fact]
    public void Cancelled_task_grants_nothing_and_ends_what_runs()
    {
        _table.Offer("s");
        var claim = _table.Granted("a");
        _table.Claim("b");
        _table.Cancel().Should().BeTrue();
        _table.Cancel().Should().BeFalse();
        _table.Renew("a", claim).Should().BeFalse();
        _table.Claim("b").Result.Should().Be(ClaimResult.Cancelled);
        _table.Waiters.Should().BeEmpty();
        _table["s"].Serving.Should().Be(0);
    }

    [Fact]
    public void Task_submitted_again_goes_on_where_it_was()
    {
        _table.Offer("s");
        _table.Cancel();
        _table.Submit();
        _table.Claim("s").Result.Should().Be(ClaimResult.Finished);
        _table.Granted("a");
    }
}
