using System.Text;
using TreePush.Engine.Remote.SshNet;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote.SshNet;

/// <summary>Which host keys the builtin client takes.</summary>
public sealed class KnownHostsTests : IDisposable
{
    private static readonly byte[] Key = KeyOf("ssh-ed25519", 1);
    private static readonly byte[] Other = KeyOf("ssh-ed25519", 2);
    private static readonly byte[] OtherType = KeyOf("ssh-rsa", 3);

    private readonly Temporary _temporary = new();

    private string Folder => _temporary["ssh"];

    private string Path => System.IO.Path.Combine(Folder, "known_hosts");

    private KnownHosts Known => new([Path, _temporary["global"]], Path);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_stranger_is_accepted_once_and_then_known()
    {
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Unknown);
        Known.Accept("web1", Key, hashed: false).Should().Be(HostKeyVerdict.Unknown);
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Known);
        Known.Check("web1", Other).Should().Be(HostKeyVerdict.Changed);
        Known.Check("web2", Key).Should().Be(HostKeyVerdict.Unknown);
        File.GetUnixFileMode(Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Folder).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Two_logins_at_once_add_one_line()
    {
        Parallel.For(0, 20, _ => Known.Accept("web1", Key, hashed: false));
        File.ReadAllLines(Path).Should().ContainSingle();
    }

    [Fact]
    public void A_line_without_an_end_is_ended_first()
    {
        WriteText($"web9 {Line(Other)}");
        Known.Accept("web1", Key, hashed: false);
        File.ReadAllLines(Path).Should().Equal($"web9 {Line(Other)}", $"web1 {Line(Key)}");
    }

    /// <summary>OpenSSH takes it for new; whoever stands in between could choose the type.</summary>
    [Fact]
    public void A_known_host_with_a_key_of_another_type_is_not_a_stranger()
    {
        Write($"web1 {Line(Key)}");
        Known.Check("web1", OtherType).Should().Be(HostKeyVerdict.Changed);
        Known.TypesOf("web1").Should().Equal("ssh-ed25519");
    }

    [Theory]
    [InlineData("web1", "web1")]
    [InlineData("web0,web1,10.0.0.1", "web1")]
    [InlineData("WEB1", "web1")]
    [InlineData("web?", "web1")]
    [InlineData("*.example.org", "web1.example.org")]
    [InlineData("[web1]:2222", "[web1]:2222")]
    [InlineData("[10.0.0.1]:22000", "[10.0.0.1]:22000")]
    public void A_line_holds_for_all_its_names(string names, string name)
    {
        Write($"{names} {Line(Key)} a comment");
        Known.Check(name, Key).Should().Be(HostKeyVerdict.Known);
    }

    [Theory]
    [InlineData("web1", "[web1]:2222")]
    [InlineData("[web1]:2222", "web1")]
    [InlineData("*,!web1", "web1")]
    public void A_line_holds_for_no_others(string names, string name)
    {
        Write($"{names} {Line(Key)}");
        Known.Check(name, Key).Should().Be(HostKeyVerdict.Unknown);
    }

    [Fact]
    public void Hashed_names_are_found_and_written()
    {
        Known.Accept("[web1]:2222", Key, hashed: true);
        File.ReadAllText(Path).Should().StartWith("|1|").And.NotContain("web1");
        Known.Check("[web1]:2222", Key).Should().Be(HostKeyVerdict.Known);
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Unknown);
    }

    [Fact]
    public void A_revoked_key_is_refused_whoever_has_it()
    {
        Write($"web1 {Line(Key)}", $"@revoked * {Line(Key)}");
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Revoked);
        Known.Check("web2", Key).Should().Be(HostKeyVerdict.Revoked);
    }

    [Fact]
    public void A_certificate_authority_is_no_key_of_the_host()
    {
        Write($"@cert-authority *.example.org {Line(Other)}");
        Known.Check("web1.example.org", Key).Should().Be(HostKeyVerdict.Certified);
        Known.Check("web1.example.org", Other).Should().Be(HostKeyVerdict.Certified);
    }

    [Fact]
    public void Keys_of_all_files_count()
    {
        File.WriteAllText(_temporary["global"], $"web1 {Line(Key)}\n");
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Known);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# web1 ssh-ed25519 AAAA")]
    [InlineData("web1")]
    [InlineData("web1 ssh-ed25519 no*base64")]
    [InlineData("|1|no|hash ssh-ed25519 AAAA")]
    [InlineData("@revoked")]
    [InlineData("\0\u0001\ud83c\udf32")]
    public void What_is_no_line_is_passed_over(string line)
    {
        Write(line, $"web1 {Line(Key)}");
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Known);
    }

    [Fact]
    public void Without_a_file_for_new_keys_none_is_written()
    {
        new KnownHosts([_temporary["global"]], newKeysFile: null).Accept("web1", Key, hashed: false).Should().Be(HostKeyVerdict.Unknown);
        File.Exists(_temporary["global"]).Should().BeFalse();
    }

    [Fact]
    public void A_key_for_the_null_device_is_accepted_and_forgotten()
    {
        var known = new KnownHosts(["/dev/null"], "/dev/null");
        known.Accept("web1", Key, hashed: false).Should().Be(HostKeyVerdict.Unknown);
        known.Accept("web2", Key, hashed: false).Should().Be(HostKeyVerdict.Unknown);
    }

    [Fact]
    public void A_correction_by_the_user_counts_at_once()
    {
        Write($"web1 {Line(Key)}");
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Known);
        Write($"web1 {Line(Other)}", "# corrected");
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Changed);
        File.Delete(Path);
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Unknown);
    }

    /// <summary>It might hold another key of the host.</summary>
    [Fact]
    public void A_file_that_can_not_be_read_is_not_taken_for_an_empty_one()
    {
        Directory.CreateDirectory(Path);
        var check = () => Known.Check("web1", Key);
        check.Should().Throw<UnauthorizedAccessException>();
    }

    /// <summary>Another TreePush has the file for itself while it adds a line.</summary>
    [Fact]
    public async Task Two_processes_that_add_keys_at_once_lose_no_line()
    {
        const int lines = 200;
        Write();
        var other = Task.Run(() =>
        {
            for (int i = 0; i < lines; i += TryAppend($"other{i} {Line(Other)}\n") ? 1 : 0) Thread.Yield();
        });
        for (int i = 0; i < lines; i++)
        {
            Known.Accept($"web{i}", Key, hashed: false).Should().Be(HostKeyVerdict.Unknown);
            Known.Check($"web{i}", Key).Should().Be(HostKeyVerdict.Known);
        }

        await other;
        File.ReadAllLines(Path).Where(l => l.Length > 0).Should().HaveCount(2 * lines);
        Known.Check($"other{lines - 1}", Other).Should().Be(HostKeyVerdict.Known);
    }

    [Fact]
    public void A_key_that_another_process_adds_first_is_the_hosts_key()
    {
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Unknown);
        Write($"web1 {Line(Other)}");
        Known.Accept("web1", Key, hashed: false).Should().Be(HostKeyVerdict.Changed);
        File.ReadAllLines(Path).Should().ContainSingle();
    }

    /// <summary>ssh-keygen is who else writes and reads the file.</summary>
    [FactWith("ssh-keygen")]
    public async Task What_ssh_keygen_hashes_is_read_and_what_is_written_ssh_keygen_finds()
    {
        Write($"web1,[web2]:2222 {Line(Key)}");
        (await KeygenAsync("-q", "-H", "-f", Path)).Should().Be(0);
        File.ReadAllText(Path).Should().NotContain("web");
        Known.Check("web1", Key).Should().Be(HostKeyVerdict.Known);
        Known.Check("[web2]:2222", Key).Should().Be(HostKeyVerdict.Known);
        Known.Accept("web3", Other, hashed: true);
        (await KeygenAsync("-q", "-F", "web3", "-f", Path)).Should().Be(0);
    }

    private static async Task<int> KeygenAsync(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("ssh-keygen", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static byte[] KeyOf(string type, byte content) =>
        [0, 0, 0, (byte)type.Length, .. Encoding.ASCII.GetBytes(type), 0, 0, 0, 32, .. Enumerable.Repeat(content, 32)];

    private static string Line(byte[] key) => $"{KnownHosts.TypeOf(key)} {Convert.ToBase64String(key)}";

    private bool TryAppend(string line)
    {
        try
        {
            using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.None);
            file.Write(Encoding.UTF8.GetBytes(line));
            return true;
        }
        catch (IOException)
        {
            return false; // The builtin client has it.
        }
    }

    private void Write(params string[] lines) => WriteText(string.Join('\n', lines) + '\n');

    private void WriteText(string text)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path, text);
    }
}
