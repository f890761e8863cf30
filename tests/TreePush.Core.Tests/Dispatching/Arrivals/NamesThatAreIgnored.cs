using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;

namespace TreePush.Core.Tests.Dispatching.Arrivals;

public sealed class NamesThatAreIgnored
{
    [Theory]
    [InlineData("a.part")]
    [InlineData("a~")]
    [InlineData("a.tmp")]
    [InlineData(".a")]
    [InlineData(".a.zip.X7Yz")]
    [InlineData("d/e/a.part")]
    [InlineData(".d/a.zip")]
    [InlineData("d/.e/f/a.zip")]
    [InlineData("d.tmp/a.zip")]
    public void Temporary_names_are_ignored(string path) => ArrivalFilter.Default.Ignores(RelativePath.Of(path)).Should().BeTrue();

    [Theory]
    [InlineData("a")]
    [InlineData("a.zip")]
    [InlineData("a.part.zip")]
    [InlineData("~a")]
    [InlineData("d/a.b")]
    [InlineData("a\nb")]
    [InlineData("part")]
    public void Other_names_are_not(string path) => ArrivalFilter.Default.Ignores(RelativePath.Of(path)).Should().BeFalse();

    [Fact]
    public void A_name_that_is_not_UTF_8_is_no_error() => ArrivalFilter.Default.Ignores(RelativePath.Of([0xff, .. ".part"u8])).Should().BeTrue();

    [Fact]
    public void The_patterns_can_be_others()
    {
        var filter = ArrivalFilter.Parse(["*.filepart", "/done/"]).Filter!;
        filter.Ignores(RelativePath.Of("a.filepart")).Should().BeTrue();
        filter.Ignores(RelativePath.Of("done/a.zip")).Should().BeTrue();
        filter.Ignores(RelativePath.Of("x/done/a.zip")).Should().BeFalse();
        filter.Ignores(RelativePath.Of(".a")).Should().BeFalse();
    }

    [Fact]
    public void All_bad_patterns_are_named_at_once()
    {
        var (filter, problems) = ArrivalFilter.Parse(["*.ok", "", "[a"]);
        filter.Should().BeNull();
        problems.Should().HaveCount(2);
    }
}
