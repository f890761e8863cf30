using TreePush.Core.Pushing;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Pushing;

/// <summary>Often only the first source can log in everywhere, and the hosts it serves can't: that must cost no target.</summary>
public sealed class HostsWithoutTrust
{
    /// <summary>z1 has served t1, and t1 could not log in to the target it was given.</summary>
    private static (HandDrivenPush Push, string Target) WithStranger()
    {
        var push = new HandDrivenPush("z1", "t[1-9]").Start();
        push.Succeed("t1");
        string target = push.Running.Single(r => r.StartsWith("t1>", StringComparison.Ordinal))[3..];
        push.Fail(FailureKind.TargetAuthentication, target);
        return (push, target);
    }

    [Fact]
    public void Served_host_that_cannot_log_in_is_set_aside_and_its_target_not_counted()
    {
        var (push, target) = WithStranger();
        push.Emitted<SourceSetAside>().Single().Source.Value.Should().Be("t1");
        push.Emitted<TransferFailed>().Single().Counted.Should().BeFalse();
        push.Emitted<TargetFailed>().Should().BeEmpty();
        push.Succeed(push.Running.Single()[3..]);
        push.Running.Should().Contain($"z1>{target}");
    }

    [Fact]
    public void Target_that_refuses_a_first_source_too_clears_the_served_host()
    {
        var (push, target) = WithStranger();
        push.Succeed(push.Running.Single()[3..]);
        push.Fail(FailureKind.TargetAuthentication, target);
        push.Emitted<TargetFailed>().Single().Target.Value.Should().Be(target);
        push.Emitted<SourceRestored>().Single().Source.Value.Should().Be("t1");
    }

    [Fact]
    public void Host_that_has_served_before_is_believed()
    {
        var push = new HandDrivenPush("z1", "t[1-9]").Start();
        push.Succeed("t1");
        push.Succeed(push.Running.Single(r => r.StartsWith("t1>", StringComparison.Ordinal))[3..]);
        string next = push.Running.Single(r => r.StartsWith("t1>", StringComparison.Ordinal))[3..];
        push.Fail(FailureKind.TargetAuthentication, next);
        push.Emitted<TargetFailed>().Single().Target.Value.Should().Be(next);
    }

    [Fact]
    public void First_sources_serve_everybody_where_served_hosts_trust_nobody()
    {
        var plan = new PushPlan(Fleet.Hosts("z1"), Fleet.Hosts("t[1-200]"), new PushPolicy { Slots = 4 });
        var told = new List<RunEvent>();
        var network = new SimulatedNetwork { Bytes = 1 << 20, HostsTrustNobody = true };
        var result = new PushSimulation(plan, network) { Watch = (_, step, _) => told.AddRange(step.Events) }.Run();
        result.Succeeded.Should().Be(200);
        told.OfType<ServedCannotServe>().Should().ContainSingle();
        told.OfType<TransferFailed>().Should().HaveCountLessThan(50, "no more served hosts are tried once the pattern is clear");
    }
}
