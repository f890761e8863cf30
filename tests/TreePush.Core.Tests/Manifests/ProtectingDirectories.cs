using TreePush.Core.Manifests;

namespace TreePush.Core.Tests.Manifests;

public sealed class ProtectingDirectories
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("//", true)]
    [InlineData("/etc", true)]
    [InlineData("/etc/", true)]
    [InlineData("//usr//local/.", true)]
    [InlineData("/srv/../etc", true)]
    [InlineData("/../..", true)]
    [InlineData("/etc/app", false)]
    [InlineData("/srv", false)]
    [InlineData("/home/www", false)]
    [InlineData("etc", false)]
    [InlineData("", false)]
    public void Directories_of_the_system_are_known_however_they_are_written(string path, bool expected) => ProtectedPaths.Contains(path).Should().Be(expected);

    [Theory]
    [InlineData(".", true)]
    [InlineData("./", true)]
    [InlineData("a/..", true)]
    [InlineData("a", false)]
    [InlineData("/", false)]
    public void Relative_paths_may_be_the_home_itself(string path, bool expected) => ProtectedPaths.IsHome(path).Should().Be(expected);
}
