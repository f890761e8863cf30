using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What scripts go by. 1, 2 and 130 are tried beside what leads to them.</summary>
public sealed class ExitCodeTests(ExitCodeTests.Hosts hosts) : IClassFixture<ExitCodeTests.Hosts>
{
    private Fleet Fleet => hosts.Fleet;

    /// <summary>Four targets, of which the first three are served.</summary>
    [FleetTheory]
    [InlineData(3)]
    [InlineData(0, "--min-success", "3")]
    [InlineData(3, "--min-success", "4")]
    [InlineData(0, "--min-success", "75%")]
    [InlineData(3, "--min-success", "76%")]
    [InlineData(0, "--min-success", "0")]
    [InlineData(3, "--min-success", "100%")]
    [InlineData(2, "--min-success", "most")]
    [InlineData(2, "--min-success", "101%")]
    public async Task A_partly_served_list(int expected, params string[] goal)
    {
        var work = new Workplace(Fleet);
        string command = $"test $TPUSH_HOST != {work.Nobody(4)}";
        (await work.PushAsync([command, "-m", "4", "-s", "local", "-l", work.WriteNobodies(4), .. goal])).ShouldExit(expected);
    }

    [FleetFact]
    public async Task A_command_called_true_is_not_the_value_of_a_flag_before_it()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("--no-live", "true", "-s", "local", "-w", work.Nobody(1))).ShouldSucceed();
        (await work.PushAsync("--no-live", "false", "-s", "local", "-w", work.Nobody(1))).ShouldExit(3);
    }

    [FleetFact]
    public async Task Help_and_version_are_successes()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("--help")).ShouldSucceed().Output.Should().Contain("--min-success").And.Contain("--resume");
        (await work.PushAsync("--version")).ShouldSucceed().Output.Should().MatchRegex(@"^\d+\.\d+\.\d+");
    }

    [FleetFact]
    public async Task A_dry_run_contacts_nobody_and_succeeds()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("touch ran", "-n", "-s", "local", "-l", work.WriteNobodies(4))).ShouldSucceed();
        File.Exists(work["ran"]).Should().BeFalse();
        work.RunDirectories().Should().BeEmpty();
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
