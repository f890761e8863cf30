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

    [Fact]
    public void Folder_of_a_killed_controller_is_removed_with_its_files()
    {
        string abandoned = Abandon("pipe");
        using var folder = new SocketFolder([_temporary.Directory]);
        Directory.Exists(abandoned).Should().BeFalse();
    }

    [Fact]
    public void Folder_of_a_living_controller_stays()
    {
        using var living = new SocketFolder([_temporary.Directory]);
        string path = Path.GetDirectoryName(living.NextSocket())!;
        Directory.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-2));
        using var folder = new SocketFolder([_temporary.Directory]);
        Directory.Exists(path).Should().BeTrue();
    }

    [Fact]
    public void Files_below_a_place_that_others_can_write_to_stay()
    {
        string abandoned = Abandon("pipe");
        File.SetUnixFileMode(_temporary.Directory, File.GetUnixFileMode(_temporary.Directory) | UnixFileMode.OtherWrite);
        using var folder = new SocketFolder([_temporary.Directory]);
        File.Exists(Path.Combine(abandoned, "pipe")).Should().BeTrue();
    }

    /// <summary>Makes a folder as a killed controller leaves it.</summary>
    private string Abandon(string file)
    {
        string folder = _temporary["treepush-abcdefgh"];
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), "");
        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddHours(-2));
        return folder;
    }
}
