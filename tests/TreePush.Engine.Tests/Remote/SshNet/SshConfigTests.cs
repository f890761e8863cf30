using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Remote.SshNet;

namespace TreePush.Engine.Tests.Remote.SshNet;

/// <summary>What the builtin client takes from ssh_config.</summary>
public sealed class SshConfigTests : IDisposable
{
    private const string Home = "/home/anna";

    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Without_a_configuration_the_usual_holds()
    {
        var host = Read("");
        host.Should().BeEquivalentTo(new { Address = "web1", Port = 22, User = "anna", KnownName = "web1", RefusesUnknown = false, Refusal = (string?)null });
        host.Identities.Should().Equal($"{Home}/.ssh/id_rsa", $"{Home}/.ssh/id_ecdsa", $"{Home}/.ssh/id_ed25519");
        host.KnownHosts.Should().StartWith($"{Home}/.ssh/known_hosts").And.Contain("/etc/ssh/ssh_known_hosts");
    }

    [Fact]
    public void An_alias_has_a_name_a_port_a_user_and_keys()
    {
        var host = Read("""
            # the fleet
            Host other
              HostName nowhere
            Host web?  !web9
              HostName %h.example.org
              port=2222
              User = "deploy er"
              IdentityFile ~/keys/%h
              IdentityFile "/keys/with space"
            Host *
              User nobody
              HostName ignored
              IdentityFile %d/last
            """);
        host.Should().BeEquivalentTo(new { Address = "web1.example.org", Port = 2222, User = "deploy er", KnownName = "[web1.example.org]:2222" });
        host.Identities.Should().Equal($"{Home}/keys/web1.example.org", "/keys/with space", $"{Home}/last");
    }

    [Fact]
    public void What_is_excluded_does_not_match() =>
        Read("Host web* !web1\n  User deploy").User.Should().Be("anna");

    [Fact]
    public void The_command_line_and_the_list_win()
    {
        var options = new SshOptions { IdentityFile = "/given", Options = ["User=option", "UserKnownHostsFile /one /two"] };
        var host = Read("Port 2222\nUser file\nIdentityFile /second", options, new Host("web1", 22222, "listed"));
        host.Should().BeEquivalentTo(new { Port = 22222, User = "listed" });
        host.Identities.Should().Equal("/given", "/second");
        host.KnownHosts.Should().StartWith(["/one", "/two"]);
        Read("User file", options, new Host("web1")).User.Should().Be("option");
    }

    [Theory]
    [InlineData("ProxyJump bastion")]
    [InlineData("proxycommand ssh -W %h:%p bastion")]
    [InlineData("IdentityAgent ~/.1password/agent.sock")]
    [InlineData("CertificateFile ~/.ssh/id-cert.pub")]
    [InlineData("PreferredAuthentications gssapi-with-mic,hostbased")]
    [InlineData("CanonicalizeHostname yes")]
    [InlineData("Match exec \"true\"\n  User other")]
    public void What_it_can_not_do_is_refused(string line)
    {
        Read("Host web1\n" + line).Refusal.Should().NotBeNull();
        if (!line.StartsWith("Match", StringComparison.Ordinal)) Read("Host web2\n" + line).Refusal.Should().BeNull("it is another host's");
    }

    [Theory]
    [InlineData("ProxyJump none")]
    [InlineData("GSSAPIAuthentication yes")]
    [InlineData("SendEnv LANG LC_*")]
    [InlineData("PreferredAuthentications publickey,gssapi-with-mic")]
    [InlineData("Match final all\n  GSSAPIAuthentication yes")]
    [InlineData("ProxyJump none\nProxyJump bastion")]
    public void What_makes_no_difference_is_not(string lines) => Read(lines).Refusal.Should().BeNull();

    [Fact]
    public void Files_are_included()
    {
        File.WriteAllText(_temporary["10-users.conf"], "User included\n");
        File.WriteAllText(_temporary["20-users.conf"], "User late\n");
        var host = Read($"Include {_temporary["."]}/*.conf {_temporary["gone"]}\nPort 2222");
        host.Should().BeEquivalentTo(new { User = "included", Port = 2222 });
    }

    [Fact]
    public void Algorithms_are_those_of_the_configuration_in_its_order()
    {
        var info = new Renci.SshNet.ConnectionInfo("web1", "anna", new Renci.SshNet.NoneAuthenticationMethod("anna"));
        var rules = Read("KexAlgorithms no-such,ecdh-sha2-nistp256,curve25519-sha256\nCiphers -chacha20*,*ctr\nMACs ^hmac-sha2-512\nHostKeyAlgorithms +ssh-rsa").Algorithms;
        Algorithms.Restrict(info, rules, new HashSet<string>());
        info.KeyExchangeAlgorithms.Keys.Should().Equal("ecdh-sha2-nistp256", "curve25519-sha256");
        info.Encryptions.Keys.Should().Equal("aes128-gcm@openssh.com", "aes256-gcm@openssh.com");
        info.HmacAlgorithms.Keys.First().Should().Be("hmac-sha2-512");
        info.HostKeyAlgorithms.Keys.Should().Contain("ssh-ed25519").And.NotContain("ssh-rsa");
        var none = () => Algorithms.Restrict(info, rules with { KeyExchanges = "no-such" }, new HashSet<string>());
        none.Should().Throw<Renci.SshNet.Common.SshException>();
    }

    [Fact]
    public void Keys_of_known_types_come_first_and_weak_algorithms_not_at_all()
    {
        var info = new Renci.SshNet.ConnectionInfo("web1", "anna", new Renci.SshNet.NoneAuthenticationMethod("anna"));
        Algorithms.Restrict(info, AlgorithmRules.None, new HashSet<string> { "ssh-rsa" });
        info.HostKeyAlgorithms.Keys.Take(2).Should().BeEquivalentTo("rsa-sha2-256", "rsa-sha2-512");
        string[] offered = [.. info.KeyExchangeAlgorithms.Keys, .. info.Encryptions.Keys, .. info.HmacAlgorithms.Keys, .. info.HostKeyAlgorithms.Keys];
        offered.Should().NotContain(name => name.Contains("sha1") || name.Contains("md5") || name.Contains("cbc") || name.Contains("dss") || name.Contains("cert"));
    }

    [Fact]
    public void Only_the_command_line_makes_it_refuse_unknown_hosts()
    {
        Read("StrictHostKeyChecking yes").RefusesUnknown.Should().BeFalse("OpenSSH's client is told accept-new, too");
        Read("", new SshOptions { Options = ["StrictHostKeyChecking=yes"] }).RefusesUnknown.Should().BeTrue();
    }

    private HostConfig Read(string text, SshOptions? options = null, Host? host = null)
    {
        File.WriteAllText(_temporary["config"], text + "\n");
        return new SshConfig((options ?? new SshOptions()) with { ConfigFile = _temporary["config"] }, Home, "anna").Of(host ?? new Host("web1"));
    }
}
