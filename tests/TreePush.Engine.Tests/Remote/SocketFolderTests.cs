using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;

namespace TreePush.Engine.Tests.Remote;

public sealed class SocketFolderTests : IDisposable
{
    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("/proc")]
    [InlineData("/not/there")]
    public void Place_where_nothing_can_be_made_is_passed_over(string unusable)
    {
        using var folder = new SocketFolder([unusable, _temporary.Directory]);
        folder.NextSocket().Should().StartWith(_temporary.Directory);
        Directory.Exists("/not").Should().BeFalse();
    }

    [Fact]
    public void Machine_without_a_place_is_a_failure_that_says_so()
    {
        var open = () => new SocketFolder(["/proc"]);
        open.Should().Throw<RemoteException>().Which.Failure.Kind.Should().Be(FailureKind.ControllerFault);
    }

    [Fact]
    public void Only_the_owner_can_enter()
    {
        using var folder = new SocketFolder([_temporary.Directory]);
        File.GetUnixFileMode(Path.GetDirectoryName(folder.NextSocket())!).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
