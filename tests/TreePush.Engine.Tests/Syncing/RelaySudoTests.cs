using TreePush.Core.Runs;
using TreePush.Engine.Syncing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Syncing;

/// <summary>A login that is not root's, on a host with sudo.</summary>
public sealed class RelaySudoTests
{
    private const string Sudo = "sudo";
    private const string Login = "carol";

    [FleetFact(Sudo)]
    public async Task Relay_runs_as_root_where_sudo_lets_it()
    {
        await using var place = await StartAsync($"{Login} ALL=(ALL) NOPASSWD: ALL");
        await using var relay = await place.OpenAsync(new RelayStart { Sudo = true }, user: Login);
        (await StandIn.EchoAsync(relay, 1, 2, 3)).Should().Equal(1, 2, 3);
        await place.Machine.AdministerAsync("[ $(pgrep -cu 0 -x cat) = 1 ]");
    }

    [FleetFact(Sudo)]
    public async Task Relay_runs_as_the_login_without_sudo()
    {
        await using var place = await StartAsync($"{Login} ALL=(ALL) NOPASSWD: ALL");
        await using var relay = await place.OpenAsync(user: Login);
        (await StandIn.EchoAsync(relay, 1, 2, 3)).Should().Equal(1, 2, 3);
        await place.Machine.AdministerAsync("[ $(pgrep -cu 4321 -x cat) = 1 ]");
    }

    [FleetTheory(Sudo)]
    [InlineData($"{Login} ALL=(ALL) ALL")]
    [InlineData("root ALL=(ALL) ALL")]
    public async Task Sudo_that_asks_for_a_password_is_told(string sudoers)
    {
        await using var place = await StartAsync(sudoers);
        var failure = await place.RefusalAsync(new RelayStart { Sudo = true }, Login);
        failure.Kind.Should().Be(FailureKind.PrivilegeRefused);
        failure.Hint.Should().Contain("sudoers");
    }

    [FleetFact]
    public async Task Root_needs_no_sudo()
    {
        await using var place = await RelayPlace.StartAsync(new HostOptions { HiddenPrograms = ["sudo"] });
        await using var relay = await place.OpenAsync(new RelayStart { Sudo = true });
        (await StandIn.EchoAsync(relay, 1, 2, 3)).Should().Equal(1, 2, 3);
    }

    /// <summary>The login shares root's home, which becomes its own.</summary>
    private static async Task<RelayPlace> StartAsync(string sudoers)
    {
        var place = await RelayPlace.StartAsync();
        await place.Machine.AdministerAsync($"""
            (cat /etc/passwd; echo '{Login}:*:4321:4321::/root:/bin/sh') >/tmp/passwd; mount --bind /tmp/passwd /etc/passwd
            echo '{sudoers}' >/tmp/sudoers; chmod 440 /tmp/sudoers; mount --bind /tmp/sudoers /etc/sudoers
            chown -R 4321:4321 /root
            """);
        return place;
    }
}
