using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching.Configs;

namespace TreePush.Engine.Tests.Configs;

public sealed class ConfigFileTests : IDisposable
{
    private const string Rules = """
        quiet: 2s
        parallel: 4
        rules:
          - match: app-
            host: [web1, 'web[02-03]']
            login: deploy
            dest_dir: /opt/in/%Y/
            install_command: tar xf "$TPUSH_FILE"
            install_limit: 5m
          - match: db
            host: hosts.txt
            via: ftps
            login: anna
            password: secret
        """;

    private readonly Temporary _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_yaml_file_is_understood()
    {
        _place.Write("hosts.txt", "10.0.0.1\n10.0.0.2 2121 eva\n");
        var (config, problems) = ConfigFile.Read(Private(Rules));
        problems.Should().BeEmpty();
        config.Should().BeEquivalentTo(new { Quiet = TimeSpan.FromSeconds(2), Parallel = 4, HasSecrets = true });
        var loader = new RuleLoader(_place.Directory, (_, _) => null);
        var rules = await loader.LoadAsync(config.Rules, CancellationToken.None);
        loader.Problems.Should().BeEmpty();
        rules.Rules[0].Hosts.Select(h => $"{h.Host.User}@{h.Host}").Should().Equal("deploy@web1", "deploy@web02", "deploy@web03");
        rules.Rules[0].InstallLimit.Should().Be(TimeSpan.FromMinutes(5));
        rules.Rules[1].Hosts.Select(h => $"{h.Host.User}@{h.Host}").Should().Equal("anna@10.0.0.1", "eva@10.0.0.2:2121");
        rules.Rules[1].Hosts[0].Should().BeEquivalentTo(new { Password = "secret", Via = Transport.Ftps });
    }

    [Fact]
    public async Task Logins_that_a_rule_lacks_come_from_elsewhere()
    {
        var (config, _) = ConfigFile.Read(Private("[a]\nhost = h\nvia = ftp\n"));
        var loader = new RuleLoader(_place.Directory, (host, _) => host == "h" ? new Credentials("anna", "secret", "acct") : null);
        var access = (await loader.LoadAsync(config.Rules, CancellationToken.None)).Rules[0].Hosts[0];
        loader.Problems.Should().BeEmpty();
        access.Host.User.Should().Be("anna");
        access.Should().BeEquivalentTo(new { Password = "secret", Account = "acct" });
        access.ToString().Should().NotContain("secret");
    }

    [Fact]
    public async Task What_can_not_be_resolved_is_told()
    {
        var (config, _) = ConfigFile.Read(Private("[a]\nhost = none.txt\n[b]\nhost = 'x'\n[c]\nhost = h\nvia = ftp\n"));
        var loader = new RuleLoader(_place.Directory, (_, _) => null);
        await loader.LoadAsync(config.Rules, CancellationToken.None);
        loader.Problems.Should().HaveCount(3);
        loader.Problems.Select(p => p.Where).Should().NotBeEmpty().And.OnlyContain(w => w.StartsWith(_place["rules"], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite, false, "write")]
    [InlineData(UnixFileMode.OtherRead, true, "secrets")]
    [InlineData(UnixFileMode.OtherRead, false, null)]
    public void A_file_that_is_open_to_others_is_refused(UnixFileMode more, bool hasSecret, string? what)
    {
        if (OperatingSystem.IsWindows()) return;
        string path = Private("[a]\nhost = h\n" + (hasSecret ? "password = x\n" : ""));
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | more);
        var problems = ConfigFile.Read(path).Problems;
        if (what is null) problems.Should().BeEmpty();
        else problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.What.Contains(what) && p.Hint!.StartsWith("chmod"));
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        ConfigFile.Read(_place["none"]).Problems.Should().ContainSingle().Which.What.Should().Contain("no such file");
    }

    [Fact]
    public void Unknown_keys_are_told_with_their_lines()
    {
        var (_, problems) = ConfigFile.Read(Private("quiett: 5s\nrules:\n  - match: a\n    host: h\n    hots: x\n  - host: h\n"));
        problems.Select(p => p.Where[(p.Where.LastIndexOf(':') + 1)..]).Should().BeEquivalentTo("1", "5", "6");
    }

    [Fact]
    public void A_faulty_pattern_of_names_to_ignore_is_told()
    {
        ConfigFile.Read(Private("ignore: ['']\nrules:\n  - match: a\n    host: h\n")).Problems.Should().ContainSingle().Which.Where.Should().EndWith(":1");
    }

    private string Private(string text)
    {
        string path = _place.Write("rules", text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
