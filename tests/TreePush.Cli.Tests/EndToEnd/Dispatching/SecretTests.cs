using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

/// <summary>Passwords in rules, and where they must not be found.</summary>
public sealed class SecretTests(PasswordTests.Hosts hosts) : IClassFixture<PasswordTests.Hosts>
{
    public static TheoryData<string> Clients => ["openssh", "builtin"];

    private static string Quoted => PasswordFleet.Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    [FleetTheory("perl")]
    [MemberData(nameof(Clients))]
    public async Task A_password_of_a_rule_logs_in_and_is_kept_nowhere(string client)
    {
        var place = new DispatchPlace(hosts.Fleet);
        string endpoints = string.Join(", ", hosts.Fleet.Hosts.Select(h => $"'{h.Endpoint}'"));
        place.WriteRules($"rules:\n- match: app\n  host: [{endpoints}]\n  password: \"{Quoted}\"\n  dest_dir: {place.Destination}\n  install_command: {DispatchPlace.Install}\n");
        place.Work.Write("app-1", "content");
        var result = (await place.DispatchAsync("app-1", "--ssh-client", client, "--json", "-d")).ShouldSucceed();
        foreach (var host in hosts.Fleet.Hosts) place.InstalledOn(host).Should().ContainSingle();
        string kept = string.Concat(Directory.GetFiles(place.State, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        (result.Output + result.Error + kept).Should().NotContain("ecret");
    }

    [FleetFact("perl")]
    public async Task A_wrong_password_is_told_by_its_host()
    {
        var place = new DispatchPlace(hosts.Fleet);
        place.WriteRules($"attempts: 1\nrules:\n- match: app\n  host: '{hosts.Fleet.Hosts[0].Endpoint}'\n  password: wrong\n  dest_dir: {place.Destination}\n");
        place.Work.Write("app-1", "content");
        (await place.DispatchAsync("app-1")).ShouldFail(3, "refused the login");
    }

    [FleetFact("perl")]
    public async Task Rules_with_a_password_that_others_can_read_are_refused()
    {
        var place = new DispatchPlace(hosts.Fleet);
        place.WriteRules("rules:\n- match: app\n  host: h\n  password: secret\n");
        File.SetUnixFileMode(place.Work["rules.yml"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        (await place.DispatchAsync("app-1")).ShouldFail(2, "others can read", "chmod 600");
    }
}
