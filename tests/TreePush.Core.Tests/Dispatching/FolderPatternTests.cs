using TreePush.Core.Dispatching;

namespace TreePush.Core.Tests.Dispatching;

public class FolderPatternTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 7, 9, 5, 4, TimeSpan.FromHours(8));

    [Theory]
    [InlineData("~/newcx/%Y%m%d_%H%M%S/", "~/newcx/20260307_090504/")]
    [InlineData("/opt/in", "/opt/in/")]
    [InlineData("in/%y-%j", "in/26-066/")]
    [InlineData("/a/100%%/%F/%T", "/a/100%/2026-03-07/09:05:04/")]
    [InlineData("~", "~/")]
    [InlineData("/%b/%B/%a/%A/%I%p", "/Mar/March/Sat/Saturday/09AM/")]
    public void Codes_stand_for_the_time_of_the_arrival(string text, string folder)
    {
        FolderPattern.Parse(text).Pattern!.At(Time).Should().Be(folder);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("~root/x", "~user")]
    [InlineData("/a/../b", "'..'")]
    [InlineData("/a/%q", "'%q'")]
    [InlineData("/a/%", "'%'")]
    [InlineData("/a\n/b", "control")]
    public void A_folder_that_can_not_be_meant_is_refused(string text, string fault)
    {
        var (pattern, said) = FolderPattern.Parse(text);
        pattern.Should().BeNull();
        said.Should().Contain(fault);
    }
}
