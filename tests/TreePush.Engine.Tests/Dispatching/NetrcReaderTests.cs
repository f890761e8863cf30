using TreePush.Engine.Dispatching;

namespace TreePush.Engine.Tests.Dispatching;

public sealed class NetrcReaderTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Temporary _temporary = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public void Passwords_that_others_can_read_are_warned_about()
    {
        string path = Write("machine a login joe password hidden", Own | UnixFileMode.GroupRead);
        NetrcReader.Read(path, _warnings.Add).Find("a", "joe")!.Password.Should().Be("hidden");
        _warnings.Should().ContainSingle().Which.Should().Contain("chmod 600").And.NotContain("hidden");
    }

    [Fact]
    public void A_private_file_and_one_without_passwords_are_not_warned_about()
    {
        NetrcReader.Read(Write("machine a login joe password hidden", Own), _warnings.Add).Entries.Should().ContainSingle();
        NetrcReader.Read(Write("machine a login joe", Own | UnixFileMode.OtherRead), _warnings.Add).Entries.Should().ContainSingle();
        _warnings.Should().BeEmpty();
    }

    [Fact]
    public void A_link_is_as_open_as_what_it_leads_to()
    {
        string path = Write("machine a login joe password hidden", Own);
        File.CreateSymbolicLink(_temporary["link"], path);
        NetrcReader.Read(_temporary["link"], _warnings.Add).Entries.Should().ContainSingle();
        _warnings.Should().BeEmpty();
    }

    [Fact]
    public void No_file_is_an_empty_one() => NetrcReader.Read(_temporary["none"], _warnings.Add).Entries.Should().BeEmpty();

    [Fact]
    public void A_file_that_is_too_large_is_a_problem() =>
        NetrcReader.Read(Write(new string('#', 200_000), Own), _warnings.Add).Problems.Should().ContainSingle();

    public void Dispose() => _temporary.Dispose();

    private string Write(string text, UnixFileMode mode)
    {
        string path = _temporary.Write("netrc", text);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
