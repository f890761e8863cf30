using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Login scripts that keep a session from being a shell: their hosts fail with a hint, the others are served.</summary>
public sealed class LoginScriptTests(LoginScriptTests.Hosts hosts) : IClassFixture<LoginScriptTests.Hosts>
{
    private static readonly string[] Scripts = ["", "exec fish", "exec >/dev/null", "read x", "read x; echo \"$x\"", "sleep 1000"];

    [FleetFact("fish")]
    public async Task Host_without_a_shell_fails_with_a_hint_and_holds_nobody_up()
    {
        var fleet = hosts.Fleet;
        foreach (var (host, script) in fleet.Hosts.Zip(Scripts)) await File.WriteAllTextAsync(Path.Combine(host.HomeDirectory, ".bashrc"), script + "\n");
        var shipment = new Shipment(fleet);
        await shipment.MakeSourceAsync(new TreeLiteral().File("file", "content"));
        (await shipment.SyncAsync()).ShouldFail(3, "1 of 6 served");
        shipment.Failures.Should().HaveCount(Scripts.Length - 1).And.OnlyContain(f => f.Failure.Hint == SshDiagnosis.LoginScriptHint);
        shipment.Work.Events.OfType<TargetServed>().Should().ContainSingle().Which.Target.Value.Should().StartWith(fleet.Hosts[0].Address);
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 6, EveryHost = new HostOptions { LoginShell = "/bin/bash" } });
}
