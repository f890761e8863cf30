namespace TreePush.Testing.Tests.Hosts;

public sealed class AdministrationTests(AdministrationTests.Hosts hosts) : IClassFixture<AdministrationTests.Hosts>
{
    [FleetFact]
    public async Task Nothing_is_done_where_the_hosts_own_tree_is_not_mounted()
    {
        var host = hosts.Fleet.Hosts[0];
        string victim = Path.Combine(Path.GetTempPath(), $"administered-{Path.GetRandomFileName()}");
        await host.AdministerAsync("umount -l /tmp");
        var administering = () => host.AdministerAsync($"touch {victim}");
        await administering.Should().ThrowAsync<InvalidOperationException>().WithMessage("*not inside the enclosure*");
        File.Exists(victim).Should().BeFalse();
    }

    [FleetTheory("sudo")]
    [InlineData(null)]
    [InlineData("deploy")]
    public async Task Home_of_root_is_the_hosts_own_whoever_logs_in(string? login)
    {
        await using var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = 1, ForHost = (_, options) => options with { LoginUser = login } });
        string name = $"administered-{Path.GetRandomFileName()}";
        await fleet.Hosts[0].AdministerAsync($"touch /root/{name}");
        File.Exists($"/root/{name}").Should().BeFalse();
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
