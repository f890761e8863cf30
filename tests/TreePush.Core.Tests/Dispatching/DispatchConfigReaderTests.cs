using TreePush.Core.Configs;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Dispatching;

public class DispatchConfigReaderTests
{
    private const string Original = """
        # packages of the two systems
        [ibps]
        host = 10.0.0.1
        login = deploy
        password = secret
        dest_dir = ~/newcx/%Y%m%d/
        install_command = sh "$TPUSH_FILE"

        [cnaps2]
        host: 10.0.0.2, 10.0.0.[3-4]
        login: root
        """;

    [Fact]
    public void The_original_file_is_read_as_it_is()
    {
        var (config, problems) = Ini(Original);
        problems.Should().BeEmpty();
        config.Rules.Select(r => r.Pattern.Text).Should().Equal("ibps", "cnaps2");
        config.Rules[0].Should().BeEquivalentTo(new { Login = "deploy", Password = "secret", InstallCommand = "sh \"$TPUSH_FILE\"", Via = Transport.Auto });
        config.Rules[1].Hosts.Should().Equal("10.0.0.2,", "10.0.0.[3-4]");
        config.HasSecrets.Should().BeTrue();
    }

    [Fact]
    public void All_that_is_wrong_is_told_with_its_line()
    {
        var (_, problems) = Ini("[a(]\nhost = h\n[b]\nlogin = -x\nhots = y\ndest_dir = /%q\n");
        problems.Select(p => p.Where).Should().BeEquivalentTo("rules:1", "rules:3", "rules:4", "rules:5", "rules:6");
    }

    [Fact]
    public void A_line_that_is_no_key_is_told()
    {
        var (_, problems) = IniFile.Read("rules", "host = x\n[a]\nnonsense\n");
        problems.Select(p => p.Where).Should().Equal("rules:1", "rules:3");
    }

    [Fact]
    public void A_host_that_is_served_over_ftp_can_not_install()
    {
        var (_, problems) = Ini("[a]\nhost = h\nvia = ftp\ninstall_command = true\n");
        problems.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Where = "rules:4" });
    }

    [Fact]
    public void Two_rules_for_the_same_names_are_refused()
    {
        Ini("[a]\nhost = h\n[a]\nhost = i\n").Problems.Should().ContainSingle().Which.What.Should().Contain("two rules");
    }

    [Theory]
    [InlineData("# rules\n\n[a]\n", true)]
    [InlineData("rules:\n- match: a\n", false)]
    [InlineData("", false)]
    [InlineData("[a, b]\nx", true)]
    public void The_two_kinds_of_files_are_told_apart_by_their_content(string text, bool isIni)
    {
        IniFile.Is(text).Should().Be(isIni);
    }

    private static (DispatchConfig Config, IReadOnlyList<Problem> Problems) Ini(string text)
    {
        var (sections, faults) = IniFile.Read("rules", text.ReplaceLineEndings("\n"));
        var reader = new DispatchConfigReader("rules");
        var config = reader.ReadIni(sections);
        return (config, [.. faults, .. reader.Problems]);
    }
}
