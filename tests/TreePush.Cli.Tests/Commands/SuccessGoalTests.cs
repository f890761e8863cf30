using TreePush.Cli.Commands;

namespace TreePush.Cli.Tests.Commands;

public class SuccessGoalTests
{
    [Theory]
    [InlineData("95%", 95, 100, true)]
    [InlineData("95%", 94, 100, false)]
    [InlineData("95%", 19, 20, true)]
    [InlineData("33.3%", 1, 3, true)]
    [InlineData("0%", 0, 5, true)]
    [InlineData("190", 190, 200, true)]
    [InlineData("190", 189, 200, false)]
    [InlineData("0", 0, 200, true)]
    public void A_goal_is_a_number_of_targets_or_a_share_of_them(string text, int succeeded, int targets, bool isMet)
    {
        SuccessGoal.TryParse(text, out var goal).Should().BeTrue();
        goal.IsMet(succeeded, targets).Should().Be(isMet);
    }

    [Fact]
    public void A_number_above_that_of_all_targets_means_all()
    {
        SuccessGoal.TryParse("500", out var goal).Should().BeTrue();
        goal.IsMet(20, 20).Should().BeTrue();
        goal.IsMet(19, 20).Should().BeFalse();
    }

    [Fact]
    public void Without_a_goal_all_must_be_served()
    {
        SuccessGoal.All.IsMet(9, 10).Should().BeFalse();
        SuccessGoal.All.IsMet(10, 10).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("most")]
    [InlineData("101%")]
    [InlineData("-5")]
    [InlineData("0.5")]
    public void What_is_neither_is_refused(string text) => SuccessGoal.TryParse(text, out _).Should().BeFalse();
}
