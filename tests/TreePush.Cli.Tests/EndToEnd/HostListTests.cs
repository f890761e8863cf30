using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>Where targets come from, and what of them a command sees.</summary>
public sealed class HostListTests(HostListTests.Hosts hosts) : IClassFixture<HostListTests.Hosts>
{
    private const string Who = """echo "$TPUSH_HOST $TPUSH_PORT $TPUSH_USER" >> served""";

    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task An_empty_name_skips_a_field()
    {
        var work = new Workplace(Fleet);
        string list = work.Write("list.txt", "10.0.0.1 ignored joe\n");
        (await work.PushAsync(Who, "-s", "local", "-l", list, "-f", "host,,user")).ShouldSucceed();
        Served(work).Should().Equal("10.0.0.1 22 joe");
    }

    [FleetFact]
    public async Task A_csv_list_names_its_fields_in_its_header()
    {
        var work = new Workplace(Fleet);
        string list = work.Write("list.csv", "site,user,port,host\n\"Lyon, France\",joe,2222,10.0.0.1\n");
        (await work.PushAsync("""echo "$TPUSH_SITE: $TPUSH_USER $TPUSH_HOST $TPUSH_PORT" > served""", "-s", "local", "-l", list)).ShouldSucceed();
        Served(work).Should().Equal("Lyon, France: joe 10.0.0.1 2222");
    }

    [FleetFact]
    public async Task Comments_blank_lines_a_byte_order_mark_and_dos_line_ends_are_no_hosts()
    {
        var work = new Workplace(Fleet);
        string list = work.Write("list.txt", "\uFEFF# the fleet\r\n\r\n10.0.0.1 2222 joe\r\n   # more\r\n");
        (await work.PushAsync(Who, "-s", "local", "-l", list)).ShouldSucceed();
        Served(work).Should().Equal("10.0.0.1 2222 joe");
    }

    [FleetFact]
    public async Task Ranges_name_targets_and_leave_some_out()
    {
        var work = new Workplace(Fleet);
        string command = """echo "$TPUSH_HOST" >> served""";
        string range = work.Nobody(0)[..^1] + "[08-11]:9";
        (await work.PushAsync(command, "-s", "local", "-m", "10", "-w", range, "-x", work.Nobody(0)[..^1] + "[10,11]")).ShouldSucceed();
        Served(work).Order().Should().Equal(work.Nobody(0) + "8", work.Nobody(0) + "9");
    }

    [FleetFact]
    public async Task Targets_given_in_the_call_are_reached()
    {
        var work = new Workplace(Fleet);
        var payload = Payload.OnController(Fleet, work.Name);
        string all = string.Join(',', Fleet.Hosts.Select(h => h.Endpoint));
        var left = Fleet.Hosts[1];
        (await work.PushAsync(Commands.Scp(payload), "-s", "127.0.0.1", "-w", all, "-x", $"{left.Address}")).ShouldSucceed();
        Fleet.Hosts.Where(h => payload.IsOn(h)).Should().Equal(Fleet.Hosts.Except([left]));
    }

    [FleetFact]
    public async Task A_list_can_come_on_standard_input()
    {
        var work = new Workplace(Fleet);
        var payload = Payload.OnController(Fleet, work.Name);
        string list = await File.ReadAllTextAsync(await Fleet.WriteHostListAsync());
        (await work.PushAsync(new ProgramOptions { Input = list }, Commands.Scp(payload), "-s", "127.0.0.1", "-l", "-")).ShouldSucceed();
        Fleet.Hosts.Should().NotBeEmpty().And.OnlyContain(h => payload.IsOn(h));
    }

    [FleetFact]
    public async Task A_target_that_is_a_source_is_served_already()
    {
        var work = new Workplace(Fleet);
        var (source, target) = (Fleet.Hosts[0], Fleet.Hosts[1]);
        var payload = Payload.On(Fleet, source, work.Name);
        string list = await Fleet.WriteHostListAsync([source, target]);
        (await work.PushAsync(Commands.Scp(payload), "-s", source.Endpoint, "-l", list)).ShouldSucceed();
        payload.IsOn(target).Should().BeTrue();
        work.LastRun.Served.Should().ContainSingle();
    }

    private static string[] Served(Workplace work) => File.ReadAllLines(work["served"]);

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 3 });
}
