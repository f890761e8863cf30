using TreePush.Core.Queueing;

namespace TreePush.Core.Tests.Queueing;

public sealed class FailedAttemptTests
{
    private readonly Table _table = new(slots: 4);

    [Fact]
    public void Host_that_failed_waits_longer_each_time_and_is_given_up_in_the_end()
    {
        _table.Offer("s");
        _table.Failed("a", FaultOf.Host);
        _table.Claim("a").Should().Be(new ClaimAnswer(ClaimResult.Later, NotBefore: _table.Now + TimeSpan.FromSeconds(1)));
        _table.Pass(TimeSpan.FromSeconds(1));
        _table.Failed("a", FaultOf.Host);
        _table.Claim("a").NotBefore.Should().Be(_table.Now + TimeSpan.FromSeconds(2));
        _table.Pass(TimeSpan.FromSeconds(2));
        _table.Failed("a", FaultOf.Host);
        _table.Claim("a").Should().Be(new ClaimAnswer(ClaimResult.GivenUp, Reason: "broken"));
    }

    [Fact]
    public void Pause_after_a_failure_is_never_longer_than_a_minute() => ClaimRules.PauseAfter(1000).Should().Be(TimeSpan.FromMinutes(1));

    [Fact]
    public void Next_attempt_is_made_at_another_source()
    {
        _table.Offer("s1");
        _table.Offer("s2");
        string first = _table.Failed("a", FaultOf.Host).Source;
        _table.Pass(TimeSpan.FromMinutes(1));
        _table.Granted("a").Source.Should().NotBe(first);
    }

    [Fact]
    public void Next_attempt_is_made_at_the_same_source_where_there_is_no_other()
    {
        _table.Offer("s");
        _table.Failed("a", FaultOf.Source);
        _table.Pass(TimeSpan.FromMinutes(1));
        _table.Granted("a").Source.Should().Be("s");
    }

    [Fact]
    public void Source_at_which_three_hosts_failed_in_a_row_is_suspected_until_it_offers_itself_again()
    {
        _table.Offer("s");
        foreach (string host in (string[])["a", "b", "c"]) _table.Failed(host, FaultOf.Source);
        _table.Claim("d").Result.Should().Be(ClaimResult.Waiting);
        _table.Claim("s").Result.Should().Be(ClaimResult.Suspected);
        _table.Woken.Should().Equal(["s"], "it is to look after its file");
        _table.Offer("s");
        _table.Woken.Should().Equal("d");
        _table.Granted("d").Source.Should().Be("s");
    }

    [Fact]
    public void One_host_that_fails_again_and_again_makes_no_source_suspected()
    {
        var table = new Table(attempts: 10);
        table.Offer("s");
        for (int i = 0; i < 5; i++)
        {
            table.Failed("a", FaultOf.Source);
            table.Pass(TimeSpan.FromMinutes(1));
        }

        table.Claim("s").Result.Should().Be(ClaimResult.Finished);
    }

    [Fact]
    public void Success_clears_what_was_said_against_a_source()
    {
        _table.Offer("s");
        _table.Failed("a", FaultOf.Source);
        _table.Failed("b", FaultOf.Unknown);
        _table.Finish("c", _table.Granted("c"));
        _table.Withdraw("c");
        _table.Failed("d", FaultOf.Source);
        _table.Claim("s").Result.Should().Be(ClaimResult.Finished);
    }

    [Fact]
    public void Source_with_another_file_is_suspected_at_once()
    {
        _table.Offer("s");
        _table.Failed("a", FaultOf.SourceFile);
        _table.Claim("s").Result.Should().Be(ClaimResult.Suspected);
        _table.Claim("b").Result.Should().Be(ClaimResult.Waiting);
    }

    [Fact]
    public void Host_with_a_full_disk_is_no_evidence_against_its_source()
    {
        _table.Offer("s");
        foreach (string host in (string[])["a", "b", "c", "d"]) _table.Failed(host, FaultOf.Host);
        _table.Claim("s").Result.Should().Be(ClaimResult.Finished);
    }

    [Fact]
    public void Submitting_again_gives_those_another_chance_who_were_given_up()
    {
        var table = new Table(attempts: 1);
        table.Offer("s");
        table.Failed("a", FaultOf.Host);
        table.Claim("a").Result.Should().Be(ClaimResult.GivenUp);
        table.Submit();
        table["a"].Should().Match<TaskHost>(h => h.Progress == HostProgress.Waiting && h.Attempts == 0 && h.Reason == null);
        table.Granted("a").Attempt.Should().Be(1);
    }
}
