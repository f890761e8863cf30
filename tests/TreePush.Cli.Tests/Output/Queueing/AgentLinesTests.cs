using TreePush.Cli.Output.Queueing;
using TreePush.Core.Queueing;
using TreePush.Core.Runs;

namespace TreePush.Cli.Tests.Output.Queueing;

public sealed class AgentLinesTests
{
    private static readonly Failure Failure = new(FailureKind.CommandFailed, "the command ended with status 5", "look at \e[31mits log", 5) { Tail = ["no\aroom"] };

    [Fact]
    public void A_failed_transfer_is_told_with_its_last_lines_and_a_hint() =>
        AgentLines.Of(new PullFailed(ImaginedTask.Start, "t", "/d/f", "a1", 2, 5, Failure, Counted: true)).Should().Equal(
            "t /d/f ← a1 failed, attempt 2: the command ended with status 5", "  | no\\x07room", "  hint: look at \\x1b[31mits log");

    [Fact]
    public void What_comes_from_redis_can_not_break_a_terminal()
    {
        var lines = AgentLines.Of(new TaskSeen(ImaginedTask.Start, "t\e", "/d\n/f", 5, "x")).Concat(AgentLines.Of(new PullStarted(ImaginedTask.Start, "t", "/d", "a\r1", 1))).ToList();
        lines.Should().HaveCount(2).And.OnlyContain(l => !l.Any(char.IsControl));
    }

    [Fact]
    public void Only_trouble_is_told_when_quiet()
    {
        AgentLines.IsTrouble(new PullFailed(ImaginedTask.Start, "t", "/d/f", "a1", 2, 5, Failure, Counted: true)).Should().BeTrue();
        AgentLines.IsTrouble(new PullFailed(ImaginedTask.Start, "t", "/d/f", "a1", 2, 5, Failure, Counted: false)).Should().BeFalse();
        AgentLines.IsTrouble(new StoreLost(ImaginedTask.Start, Failure)).Should().BeTrue();
        AgentLines.IsTrouble(new AgentStarted(ImaginedTask.Start, "a", null, "1")).Should().BeFalse();
    }
}
