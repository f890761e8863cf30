using TreePush.Core.Hosts;
using TreePush.Core.Syncing;

namespace TreePush.Core.Tests.Syncing;

public sealed class LimitingFileWarnings
{
    private static readonly HostName Chatty = new("a"), Quiet = new("b");

    private readonly FileWarningLimit _limit = new();

    [Fact]
    public void Notices_are_told_up_to_a_number_and_then_one_that_says_so()
    {
        for (int i = 0; i < FileWarningLimit.MostNotices; i++) _limit.Admit(Chatty, "f", "x").Should().Be(("f", "x"));
        _limit.Admit(Chatty, "f", "x").Should().Be(("", "further file warnings of this host were dropped"));
        _limit.Admit(Chatty, "f", "x").Should().BeNull();
        _limit.Admit(Quiet, "f", "x").Should().NotBeNull("each host has its own share");
    }

    [Fact]
    public void Long_notices_are_told_up_to_their_length_in_all()
    {
        string text = new('x', FileWarningLimit.MostCharacters / 4);
        Enumerable.Range(0, 6).Select(_ => _limit.Admit(Chatty, "", text)?.Message.Length ?? 0).Should().Equal(text.Length, text.Length, text.Length, text.Length, "further file warnings of this host were dropped".Length, 0);
    }
}
