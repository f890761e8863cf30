using System.Diagnostics;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.Ssh;
using TreePush.Engine.Remote.SshNet;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote.SshNet;

/// <summary>The builtin client reads a configuration as the installed ssh does (<c>ssh -G</c>).</summary>
public sealed class SshConfigAgreementTests : IDisposable
{
    private static readonly string[] Keywords =
        ["host", "hostname", "port", "user", "identityfile", "userknownhostsfile", "hostkeyalias", "passwordauthentication", "kbdinteractiveauthentication", "pubkeyauthentication", "hashknownhosts"];

    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [TheoryWith("ssh")]
    [InlineData("User one\nUser two\nHost web1\n Port 1\nHost web?\n Port 2\n")]
    [InlineData("Host WEB1\n User upper\nHost Web1\n Port 3\nHost web1\n HostName Real.Example.ORG\n")]
    [InlineData("Host web* !web1\n User no\nHost !web2\n User no\nHost !web2 *\n User yes\n")]
    [InlineData("Host web1,web2\n User no\nHost *eb1\n User yes\n")]
    [InlineData("HOST=web1\nuSeR = \"a b\"\n\tPort\t=\t7 # comment\n#User no\n")]
    [InlineData("User a\\ b\nHostName 'x'y\"z\"\n")]
    [InlineData("User \"a#b\"\nHostName a#b\n")]
    [InlineData("User \"a\\\"b\"\nIdentityFile \"/k \\q/\"\n")]
    [InlineData("User\r\nPort 1\r\n")]
    [InlineData("User a b\n")]
    [InlineData("User \"a\n")]
    [InlineData("User 'a\n")]
    [InlineData("Host web2\nUser\n")]
    [InlineData("User \"\"\n")]
    [InlineData("HostName %h.example.org\nHostKeyAlias A%h\n")]
    [InlineData("HostName %%h\n")]
    [InlineData("HostName %n\n")]
    [InlineData("HostName FE80::1%%ETH0\n")]
    [InlineData("UserKnownHostsFile \"/a b/kh\" ~/kh\nUserKnownHostsFile /late\n")]
    [InlineData("HostName Real\nPort 5\nUser anna\nUserKnownHostsFile /%h/%k/%l/%L/%n/%p/%r/%u/%i/%% %d/x ${PATH}\n")]
    [InlineData("HostKeyAlias Alias\nUserKnownHostsFile /%k /%h\n")]
    [InlineData("UserKnownHostsFile /%q\n")]
    [InlineData("UserKnownHostsFile /a%\n")]
    [InlineData("UserKnownHostsFile ${NO_SUCH_VARIABLE}\n")]
    [InlineData("UserKnownHostsFile none\n")]
    [InlineData("UserKnownHostsFile none /a\n")]
    [InlineData("UserKnownHostsFile ~no-such-user/x\n")]
    [InlineData("IdentityFile /a\nIdentityFile /b\nIdentityFile /a\nIdentityFile \"/c d\"\nIdentityFile2 /e\n")]
    [InlineData("IdentityFile /a /b\n")]
    [InlineData("PasswordAuthentication NO\nChallengeResponseAuthentication false\nHashKnownHosts True\n")]
    [InlineData("DSAAuthentication no\n")]
    [InlineData("SkeyAuthentication no\nPasswordAuthentication yes\nPasswordAuthentication no\n")]
    [InlineData("Include %/part\nPort 1\n", "User part\nHost web2\n Port 2\n")]
    [InlineData("Host web2\n Include %/part\nHost web1\n Port 1\n", "Host web1\n User part\n")]
    [InlineData("Host web2\n Include %/part\nPort 1\n", "User part\nHost *\n Port 2\n")]
    [InlineData("Host web1\n Include %/part %/gone\n User outer\n", "Host web2\n Port 2\n")]
    [InlineData("Include \"%/p*\"\nUser outer\n", "Host web1\n User part\n")]
    [InlineData("Include %/[o-q]ar?\nUser outer\n", "User part\n")]
    [InlineData("Include %/*\nUser outer\n", "User part\n", ".part")]
    [InlineData("Include %/part\nUser outer\n", "Include %/part\n")]
    public async Task A_configuration_means_the_same(string config, string part = "", string partName = "part")
    {
        Directory.CreateDirectory(_temporary["parts"]);
        _temporary.Write($"parts/{partName}", Placed(part));
        await CompareAsync(Placed(config));
    }

    [FactWith("ssh")]
    public async Task Generated_configurations_mean_the_same()
    {
        Directory.CreateDirectory(_temporary["parts"]);
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            _temporary.Write("parts/inner", Generated(random, []));
            _temporary.Write("parts/part", Placed(Generated(random, ["Include %/inner"])));
            await CompareAsync(Placed(Generated(random, ["Include %/part", "Include %/inner", "Include %/*"])));
        }
    }

    private static string Generated(Random random, string[] includes)
    {
        string[] lines =
        [
            "Host web1", "Host web2", "Host web? !web2", "Host * !web1", "Host !web1", "Host WEB1", "Host w*1 other",
            "User a", "User \"b c\"", "Port 1", "Port=2", "HostName %h.a", "HostName B", "HostKeyAlias k", "IdentityFile /a", "IdentityFile /b/%h",
            "UserKnownHostsFile /%h \"/b c\"", "UserKnownHostsFile /%k", "PasswordAuthentication no", "PasswordAuthentication=yes", "PubkeyAuthentication no", .. includes, .. includes,
        ];
        return string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => lines[random.Next(lines.Length)] + "\n"));
    }

    private string Placed(string config) => config.Replace("%/", _temporary["parts"] + "/", StringComparison.Ordinal);

    private async Task CompareAsync(string config)
    {
        string path = _temporary.Write("config", config);
        Ours(path).Should().Equal(await TheirsAsync(path), "both read:\n{0}", config);
    }

    /// <summary>The settings by keyword; empty if the configuration can't be used.</summary>
    private static SortedDictionary<string, string> Ours(string path)
    {
        try
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var host = new SshConfig(new SshOptions { ConfigFile = path }, home, Environment.UserName).Of(new Host("web1"));
            host.Refusal.Should().BeNull();
            string Allowed(string method) => host.LoginMethods.Contains(method) ? "yes" : "no";
            var settings = new SortedDictionary<string, string>
            {
                ["host"] = "web1",
                ["hostname"] = host.Address,
                ["port"] = $"{host.Port}",
                ["user"] = host.User,
                ["userknownhostsfile"] = string.Join(' ', host.KnownHosts.Where(f => !f.StartsWith("/etc/ssh/", StringComparison.Ordinal))),
                ["passwordauthentication"] = Allowed(LoginMethods.Password),
                ["kbdinteractiveauthentication"] = Allowed(LoginMethods.Questions),
                ["pubkeyauthentication"] = Allowed(LoginMethods.Key),
                ["hashknownhosts"] = host.HashesNames ? "yes" : "no",
            };
            if (host.AreIdentitiesNamed) settings["identityfile"] = string.Join(' ', host.Identities);
            if (!host.KnownName.StartsWith('[') && !host.KnownName.Equals(host.Address, StringComparison.OrdinalIgnoreCase)) settings["hostkeyalias"] = host.KnownName;
            return settings;
        }
        catch (RemoteException)
        {
            return [];
        }
    }

    private static async Task<SortedDictionary<string, string>> TheirsAsync(string path)
    {
        using var ssh = Process.Start(new ProcessStartInfo("ssh", ["-G", "-F", path, "web1"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = ssh.StandardError.ReadToEndAsync();
        string output = await ssh.StandardOutput.ReadToEndAsync();
        await complaints;
        await ssh.WaitForExitAsync();
        if (ssh.ExitCode != 0) return [];
        var settings = new SortedDictionary<string, string>();
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (keyword, value) = (line.Split(' ')[0], line[(line.IndexOf(' ') + 1)..]);
            if (!Keywords.Contains(keyword)) continue;
            // ssh prints yes as true for keywords with further values, leaves tokens in the names of keys, and names its usual keys.
            if (keyword == "identityfile") value = value.Replace("%h", settings["hostname"], StringComparison.Ordinal);
            settings[keyword] = settings.TryGetValue(keyword, out string? before) ? $"{before} {value}" : value == "true" ? "yes" : value == "false" ? "no" : value;
        }

        if (settings.GetValueOrDefault("identityfile", "").StartsWith("~/.ssh/", StringComparison.Ordinal)) settings.Remove("identityfile");
        if (settings["userknownhostsfile"] == "none") settings["userknownhostsfile"] = "";
        return settings;
    }
}
