using TreePush.Core.Queueing;

namespace TreePush.Core.Tests.Queueing;

public sealed class LeaseTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly Table _table = new();

    public LeaseTests() => _table.Offer("s");

    [Fact]
    public void Slot_of_a_host_that_died_is_free_when_its_lease_is_over()
    {
        _table.Granted("a");
        _table.Pass(Table.Lease - Moment);
        _table.Claim("b").Result.Should().Be(ClaimResult.Waiting);
        _table.Pass(Moment);
        _table.Granted("b").Source.Should().Be("s");
        _table["a"].Should().Match<TaskHost>(h => h.Progress == HostProgress.Waiting && h.Reason == "its lease expired" && h.Attempts == 1);
    }

    [Fact]
    public void Renewed_lease_stands()
    {
        var claim = _table.Granted("a");
        for (int i = 0; i < 10; i++)
        {
            _table.Pass(Table.Lease - Moment);
            _table.Renew("a", claim).Should().BeTrue();
        }

        _table.Finish("a", claim).Should().BeTrue();
    }

    [Fact]
    public void Host_that_was_paused_for_longer_than_its_lease_can_do_nothing_with_it()
    {
        var old = _table.Granted("a");
        _table.Pass(Table.Lease);
        _table.Renew("a", old).Should().BeFalse();
        _table.Finish("a", old).Should().BeFalse();
        _table.Fail("a", old).Should().BeFalse();
        _table.Release("a", old).Should().BeFalse();
    }

    [Fact]
    public void Old_token_does_not_end_the_new_claim_of_the_same_host()
    {
        var old = _table.Granted("a");
        _table.Pass(Table.Lease);
        _table.Claim("a").Result.Should().Be(ClaimResult.Later);
        _table.Pass(ClaimRules.PauseAfter(1));
        var claim = _table.Granted("a");
        _table.Finish("a", old).Should().BeFalse();
        _table.Finish("a", claim).Should().BeTrue();
    }

    [Fact]
    public void Lease_that_is_over_counts_as_an_attempt_until_the_host_is_given_up()
    {
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            _table.Granted("a").Attempt.Should().Be(attempt);
            _table.Pass(Table.Lease);
            _table["a"].Serving.Should().Be(0, "any call expires leases");
            _table.Pass(ClaimRules.PauseAfter(attempt));
        }

        _table.Claim("a").Should().Be(new ClaimAnswer(ClaimResult.GivenUp, Reason: "its lease expired"));
    }

    [Fact]
    public void Caller_s_own_lease_is_over_even_where_too_many_others_are()
    {
        var table = new Table(slots: 1000);
        table.Offer("s");
        var claims = Enumerable.Range(0, 300).ToDictionary(i => $"h{i:000}", i => table.Granted($"h{i:000}"));
        table.Pass(Table.Lease);
        table.Renew("h299", claims["h299"]).Should().BeFalse();
        table["s"].Serving.Should().Be(300 - (2 * ClaimRules.MaxExpired) - 1, "the view expires as many again");
    }
}
