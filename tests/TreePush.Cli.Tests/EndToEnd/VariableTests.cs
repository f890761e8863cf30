using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What a list says of a target arrives at the command byte for byte, and nothing of it is ever run.</summary>
public sealed class VariableTests(VariableTests.Hosts hosts) : IClassFixture<VariableTests.Hosts>
{
    private static readonly string?[] Shells = [null, "/usr/bin/zsh", "/usr/bin/fish", "/usr/bin/tcsh"];

    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public async Task Hostile_values_arrive_on_this_machine_as_they_are()
    {
        var work = new Workplace(Fleet);
        string trap = work["trap"];
        string value = Hostile(trap);
        (await work.PushAsync("""printf %s "$TPUSH_NOTE" > note""", "-s", "local", "-l", List(work, value))).ShouldSucceed();
        File.ReadAllText(work["note"]).Should().Be(value);
        File.Exists(trap).Should().BeFalse();
    }

    [FleetFact]
    public Task Hostile_values_arrive_where_the_login_shell_is_the_usual_one() => ArriveAtAsync(0);

    [FleetFact("zsh")]
    public Task Hostile_values_arrive_where_the_login_shell_is_zsh() => ArriveAtAsync(1);

    [FleetFact("fish")]
    public Task Hostile_values_arrive_where_the_login_shell_is_fish() => ArriveAtAsync(2);

    [FleetFact("tcsh")]
    public Task Hostile_values_arrive_where_the_login_shell_is_csh() => ArriveAtAsync(3);

    [FleetFact]
    public async Task The_four_variables_that_are_always_there_tell_of_target_and_source()
    {
        var work = new Workplace(Fleet);
        string file = Path.Combine(Fleet.DataPath, work.Name);
        string command = $"""printf '%s|' "$TPUSH_HOST" "$TPUSH_PORT" "$TPUSH_USER" "$TPUSH_SRC" > {file}""";
        (await work.PushAsync(command, "-s", Fleet.Hosts[0].Endpoint, "-w", "joe@10.0.0.1:2222")).ShouldSucceed();
        File.ReadAllText(Inside(0, work.Name)).Should().Be($"10.0.0.1|2222|joe|{Fleet.Hosts[0].Address}|");
    }

    [FleetFact]
    public async Task Every_named_field_is_a_variable_in_capitals()
    {
        var work = new Workplace(Fleet);
        string list = work.Write("list.txt", "10.0.0.1 9 joe west 12\n");
        string command = """printf '%s|' "$TPUSH_DATA_CENTRE" "$TPUSH_RACK2" > fields""";
        (await work.PushAsync(command, "-s", "local", "-l", list, "-f", "host,port,user,data_centre,Rack2")).ShouldSucceed();
        File.ReadAllText(work["fields"]).Should().Be("west|12|");
    }

    [FleetFact]
    public async Task A_target_without_a_user_is_told_whom_ssh_would_take()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("""printf %s "$TPUSH_USER" > user""", "-s", "local", "-w", "10.0.0.1:9")).ShouldSucceed();
        File.ReadAllText(work["user"]).Should().Be("root");
    }

    [FleetFact]
    public async Task No_process_shows_the_values_on_its_command_line()
    {
        var work = new Workplace(Fleet);
        var source = Fleet.Hosts[0];
        string marker = Marker.New(), secret = $"secret{marker}";
        await using var push = work.Start($"sleep {marker[1..]}", "-s", source.Endpoint, "-l", List(work, secret));
        await source.WaitUntilRunningAsync(marker[1..], Patience.Usual);
        source.Processes(secret).Should().BeEmpty();
        Fleet.Controller.Processes(secret).Should().BeEmpty();
    }

    private async Task ArriveAtAsync(int host)
    {
        var work = new Workplace(Fleet, $"shell{host}");
        string file = Path.Combine(Fleet.DataPath, work.Name);
        string value = Hostile(file + ".trap");
        string command = $"""printf %s "$TPUSH_NOTE" > {file}""";
        (await work.PushAsync(command, "-s", Fleet.Hosts[host].Endpoint, "-l", List(work, value))).ShouldSucceed();
        File.ReadAllText(Inside(host, work.Name)).Should().Be(value);
        File.Exists(Inside(host, work.Name + ".trap")).Should().BeFalse();
    }

    private string Inside(int host, string name) => Path.Combine(Fleet.Hosts[host].DataDirectory, name);

    private static string List(Workplace work, string value) =>
        work.Write("list.csv", $"host,port,user,note\n10.0.0.1,9,joe,\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");

    /// <summary>All that any shell could stumble over; running any part of it would make the trap's file.</summary>
    private static string Hostile(string trap) =>
        $"""
        -n  two  spaces 'single' "double" \back\\slash $HOME ${"{"}HOME{"}"} $(touch {trap}) `touch {trap}` ; touch {trap} ; * ? [a] ~ ! !! # % ^ {"{"}a,b{"}"}
        second line & touch {trap} | touch {trap} > {trap} < /dev/null && touch {trap} ( touch {trap} )
        '; touch {trap}; '
        "; touch {trap}; "
        ünïcödé 世界 🌲	tab

        """ + "\n\n";

    public sealed class Hosts() : SharedFleet(new FleetOptions
    {
        Hosts = Shells.Length,
        ForHost = (index, options) => Shells[index] is { } shell && File.Exists(shell) ? options with { LoginShell = shell } : options,
    });
}
