using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
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
    [InlineData("RevokedHostKeys /etc/ssh/revoked")]
    [InlineData("KnownHostsCommand /usr/bin/keys %H")]
    [InlineData("SmartcardDevice /usr/lib/pkcs11.so")]
    [InlineData("PubkeyAuthentication no\nPasswordAuthentication no\nKbdInteractiveAuthentication no")]
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
    [InlineData("ProxyJump none\nProxyCommand nc bastion")]
    [InlineData("RevokedHostKeys none\nKnownHostsCommand none")]
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

    [Theory]
    [InlineData("yes", true)]
    [InlineData("true", true)]
    [InlineData("ask", true)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    [InlineData("accept-new", false)]
    public void Unknown_hosts_are_refused_unless_they_are_to_be_accepted(string value, bool refuses) =>
        Read("", new SshOptions { Options = [$"StrictHostKeyChecking={value}"] }).RefusesUnknown.Should().Be(refuses);

    [Theory]
    [InlineData("", "publickey,password,keyboard-interactive")]
    [InlineData("PasswordAuthentication no", "publickey,keyboard-interactive")]
    [InlineData("PasswordAuthentication false\nChallengeResponseAuthentication NO", "publickey")]
    [InlineData("PubkeyAuthentication no", "password,keyboard-interactive")]
    [InlineData("PubkeyAuthentication unbound", "publickey,password,keyboard-interactive")]
    [InlineData("PasswordAuthentication maybe", "publickey,keyboard-interactive")]
    [InlineData("PreferredAuthentications publickey", "publickey")]
    [InlineData("PreferredAuthentications keyboard-interactive,hostbased,publickey\nKbdInteractiveAuthentication no", "publickey")]
    [InlineData("PreferredAuthentications password,publickey", "password,publickey")]
    public void Only_allowed_login_methods_are_tried(string lines, string methods)
    {
        var host = Read(lines);
        host.LoginMethods.Should().Equal(methods.Split(','));
        var offered = LoginMethods.Of(host, [], "secret", [], _ => { }).Select(m => m.Name);
        offered.Should().Equal(host.LoginMethods.Where(m => m != LoginMethods.Key));
    }

    [Fact]
    public void Without_a_file_of_the_user_new_keys_are_kept_nowhere()
    {
        Read("").NewKeysFile.Should().Be($"{Home}/.ssh/known_hosts");
        var host = Read("UserKnownHostsFile none");
        host.NewKeysFile.Should().BeNull();
        host.KnownHosts.Should().Equal("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2");
    }

    [Theory]
    [InlineData("User \"anna")]
    [InlineData("User")]
    [InlineData("User \"\"")]
    [InlineData("User anna berta")]
    [InlineData("\"ProxyJump\" bastion")]
    [InlineData("Port ssh")]
    [InlineData("HostName fe80::1%eth0")]
    [InlineData("HostName %n.example.org")]
    [InlineData("UserKnownHostsFile ~/%C")]
    [InlineData("UserKnownHostsFile ~/known_hosts%")]
    [InlineData("UserKnownHostsFile none ~/other")]
    [InlineData("UserKnownHostsFile ${NO_SUCH_VARIABLE}/known_hosts")]
    [InlineData("UserKnownHostsFile ~berta/known_hosts")]
    [InlineData("Include ~berta/config")]
    [InlineData("Include /etc/[z-a]*")]
    [InlineData("User \0")]
    public void A_line_that_can_not_be_understood_is_a_failure_of_its_host(string line)
    {
        var read = () => Read(line);
        read.Should().Throw<RemoteException>().Which.Failure.Kind.Should().Be(FailureKind.ControllerFault);
    }

    [Fact]
    public void A_malformed_value_for_other_hosts_makes_no_difference() =>
        Read("Host web2\n Port x\n UserKnownHostsFile %q\n").Port.Should().Be(22);

    [Fact]
    public void A_configuration_that_can_not_be_read_is_a_failure_of_each_host()
    {
        Directory.CreateDirectory(_temporary["folder"]);
        var config = new SshConfig(new SshOptions { ConfigFile = _temporary["folder"] }, Home, "anna");
        var read = () => config.Of(new Host("web1"));
        read.Should().Throw<RemoteException>().Which.Failure.Message.Should().Contain(_temporary["folder"]);
    }

    [Fact]
    public void A_configuration_that_includes_itself_is_a_failure() =>
        FluentActions.Invoking(() => Read($"Include {_temporary["config"]}")).Should().Throw<RemoteException>().Which.Failure.Message.Should().Contain("too many nested");

    [Theory]
    [InlineData(".ssh/config", UnixFileMode.GroupWrite, false)]
    [InlineData(".ssh/config", UnixFileMode.OtherWrite, false)]
    [InlineData(".ssh/config", UnixFileMode.OtherRead, true)]
    [InlineData(".ssh/included", UnixFileMode.GroupWrite, false)]
    public void The_users_configuration_must_be_writable_by_nobody_else(string file, UnixFileMode mode, bool isUsed)
    {
        Directory.CreateDirectory(_temporary[".ssh"]);
        _temporary.Write(".ssh/config", "Include included\n");
        _temporary.Write(".ssh/included", "User included\n");
        File.SetUnixFileMode(_temporary[file], UnixFileMode.UserRead | mode);
        var config = new SshConfig(new SshOptions(), _temporary.Directory, "anna", _temporary["etc"]);
        var read = () => config.Of(new Host("web1")).User;
        if (isUsed) read().Should().Be("included");
        else read.Should().Throw<RemoteException>().Which.Failure.Message.Should().Contain("others can write");
    }

    [Fact]
    public void The_machines_configuration_comes_last_and_names_its_known_hosts()
    {
        Directory.CreateDirectory(_temporary[".ssh"]);
        _temporary.Write(".ssh/config", "User own\nHost other\n Port 1\n");
        _temporary.Write("ssh_config", "User machine\nPort 2222\n");
        var host = new SshConfig(new SshOptions(), _temporary.Directory, "anna", _temporary.Directory).Of(new Host("web1"));
        host.Should().BeEquivalentTo(new { User = "own", Port = 2222 });
        host.KnownHosts.Should().EndWith([_temporary["ssh_known_hosts"], _temporary["ssh_known_hosts2"]]);
    }

    [Theory]
    [InlineData("User included\nHost web2\n User inner\n", "Host web1\n Include part\n Port 2222\n", "included", 2222)]
    [InlineData("Host web1\n User inner\n", "Host web2\n Include part\nHost web1\n Port 2222\n", "anna", 2222)]
    [InlineData("Host web2\n User inner\n", "Include part\nPort 2222\n", "anna", 2222)]
    [InlineData("Host web1\n User inner\n", "Include part\nPort 2222\n", "inner", 2222)]
    public void A_block_in_an_included_file_ends_with_the_file_and_keeps_within_the_block_around(string part, string config, string user, int port)
    {
        string path = _temporary.Write("part", part);
        Read(config.Replace("part", path, StringComparison.Ordinal)).Should().BeEquivalentTo(new { User = user, Port = port });
    }

    [Fact]
    public void An_included_file_in_a_Match_block_is_refused()
    {
        string path = _temporary.Write("part", "Host web1\n User inner\n");
        Read($"Match exec true\n Include {path}\nHost *\n Port 2222\n").Refusal.Should().Contain("Match");
        Read($"Host web2\nMatch exec true\nHost web2\n Include {path}\n").Refusal.Should().BeNull();
    }

    private HostConfig Read(string text, SshOptions? options = null, Host? host = null)
    {
        File.WriteAllText(_temporary["config"], text + "\n");
        return new SshConfig((options ?? new SshOptions()) with { ConfigFile = _temporary["config"] }, Home, "anna").Of(host ?? new Host("web1"));
    }
}
