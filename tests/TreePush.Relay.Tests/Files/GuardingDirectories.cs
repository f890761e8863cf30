namespace TreePush.Relay.Tests.Files;

public sealed class GuardingDirectories : IDisposable
{
    private readonly Workplace _place = new();

    [Theory]
    [InlineData("/", "the directory /")]
    [InlineData("/etc/", "the directory /etc")]
    [InlineData("//usr/../var//log", "the directory /var/log")]
    public void System_is_known_under_whatever_path(string path, string expected) => _place.OpenTarget(path).ProtectedName().Should().Be(expected);

    [Fact]
    public void Home_is_known() => _place.OpenTarget("~/").ProtectedName().Should().NotBeNull();

    [Fact]
    public void System_is_known_through_links_and_other_places_are_free()
    {
        _place.Make("target");
        _place.Link("way", "/usr/share");
        _place.OpenTarget(_place["way"]).ProtectedName().Should().Be("the directory /usr/share");
        _place.OpenTarget().ProtectedName().Should().BeNull();
        _place.OpenTarget(_place["not/yet"]).ProtectedName().Should().BeNull();
    }

    public void Dispose() => _place.Dispose();
}
