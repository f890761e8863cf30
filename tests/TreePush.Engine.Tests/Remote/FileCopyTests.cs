using TreePush.Engine.Remote;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Folders at a host, resolved against the login's home.</summary>
public sealed class FileCopyTests
{
    [Theory]
    [InlineData("/opt/in/", "/opt/in")]
    [InlineData("/", "/")]
    [InlineData("~", "/home/u")]
    [InlineData("~/", "/home/u")]
    [InlineData("~/in/x/", "/home/u/in/x")]
    [InlineData("in/x", "/home/u/in/x")]
    [InlineData("~x/in", "/home/u/~x/in")]
    [InlineData("", "/home/u")]
    public void A_folder_is_absolute_or_below_the_home(string folder, string full) =>
        new FileCopy(folder, "name", 1).FullFolder("/home/u").Should().Be(full);

    [Theory]
    [InlineData("/", "in/", "/in")]
    [InlineData("/home/u/", "in/", "/home/u/in")]
    public void A_home_may_end_with_a_slash(string home, string folder, string full) =>
        new FileCopy(folder, "name", 1).FullFolder(home).Should().Be(full);

    [Theory]
    [InlineData("key; rm -rf /")]
    [InlineData("../key")]
    public void A_key_that_a_shell_could_read_something_into_is_refused(string key)
    {
        var script = () => CopyScript.Of(new FileCopy("in", "name", 1) { Key = key }, "attempt", "mark");
        script.Should().Throw<ArgumentException>();
    }
}
