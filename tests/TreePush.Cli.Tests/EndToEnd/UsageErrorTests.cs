using System.Text;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What is wrong is said before anybody is contacted: exit 2, what and where, and what to do.</summary>
public sealed class UsageErrorTests(UsageErrorTests.Hosts hosts) : IClassFixture<UsageErrorTests.Hosts>
{
    private Fleet Fleet => hosts.Fleet;

    [FleetFact]
    public Task No_targets() => RefusesAsync(["true", "-s", "local"], "-l: no targets are given", "hint: -l names a list");

    [FleetFact]
    public Task No_source() => RefusesAsync(["true", "-w", "a"], "-s: no source is given", "hint: -s names the hosts that have the files");

    [FleetFact]
    public Task No_command() => RefusesAsync(["-s", "local", "-w", "a"], "no command is given", "hint: for example: treepush 'scp");

    [FleetFact]
    public Task Nothing_at_all() => RefusesAsync([], "no command is given", "no source is given", "no targets are given");

    [FleetFact]
    public Task A_list_that_is_not_there() =>
        RefusesAsync(["true", "-s", "local", "-l", "gone.txt"], "gone.txt: the host list can't be read: there is no such file", "hint: -l names a file");

    [FleetFact]
    public Task A_list_that_cannot_be_read() =>
        RefusesAsync(["true", "-s", "local", "-l", "/"], "/: the host list can't be read: it is a directory", "hint: -l names a file");

    [FleetFact]
    public Task A_list_that_is_not_text() =>
        RefusesListAsync("list.txt", Encoding.Latin1.GetBytes("web1 22 jürgen\n"), [], ["list.txt: the host list is not UTF-8 text", "hint: convert it"]);

    [FleetFact]
    public Task An_empty_list() => RefusesListAsync("# nobody yet\n\n", "list.txt: the list has no hosts", "hint: write one host on each line");

    [FleetFact]
    public Task A_field_beyond_the_end_of_a_line() =>
        RefusesListAsync("a 1 joe x\nb 2 joe\n", ["-f", "host,port,user,path"], "list.txt:2:5: 'b 2 joe' has 3 field(s), but 'path' is field 4", "hint: see -f");

    [FleetFact]
    public Task A_port_that_is_none() => RefusesListAsync("a 22\nweb2  70000\n", "list.txt:2:7: the port '70000' is not a number from 1 to 65535");

    [FleetFact]
    public Task A_host_that_could_be_an_option() => RefusesListAsync("-oProxyCommand=x 22\n", "list.txt:1:1: '-oProxyCommand=x' is not a host name");

    [FleetFact]
    public Task A_user_that_could_be_a_command() => RefusesListAsync("a 22 $(id)\n", "list.txt:1:6: the user '$(id)' is not a login name");

    [FleetFact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var result = await RefuseAsync(["true", "-m", "0", "-r", "x", "--timeout", "soon", "-s", "a:b", "-w", "[3-1]"]);
        string[] texts = ["-m: '0'", "-r: 'x'", "--timeout: 'soon'", "-s: the port 'b'", "the range '3-1' runs backwards"];
        texts.Should().NotBeEmpty().And.OnlyContain(t => result.Error.Contains(t), "{0}", result);
    }

    [FleetFact]
    public Task A_name_that_stands_twice_in_the_format() =>
        RefusesListAsync("a 22\n", ["-f", "host,port,port"], "-f: the name 'port' is used twice", "hint: each field needs its own name");

    [FleetFact]
    public Task A_format_without_a_host() =>
        RefusesListAsync("a 22\n", ["-f", "port,user"], "-f: the format 'port,user' names no field 'host'", "hint: one field must be called host");

    [FleetFact]
    public Task A_csv_list_whose_quotes_do_not_match() =>
        RefusesListAsync("list.csv", Encoding.UTF8.GetBytes("host,note\na,\"never ends\n"), [], ["list.csv:3: a field's quotes don't match", "hint: put a field with quotes"]);

    [FleetFact]
    public Task An_unknown_option() => RefusesAsync(["true", "-s", "local", "-w", "a", "--retrys", "3"], "there is no option '--retrys'", "hint: did you mean --retry?");

    [FleetFact]
    public Task A_second_word_for_the_command() => RefusesAsync(["echo", "hello", "-s", "local"], "'hello' is an unexpected argument", "hint: the command for the sources must be one argument");

    [FleetFact]
    public Task A_command_for_sources_before_a_command_of_ours() =>
        RefusesAsync(["scp x y", "plan"], "'scp x y' comes before the command 'plan'", "hint: to run a command that is called 'plan'");

    [FleetFact]
    public Task A_key_that_is_not_there() => RefusesAsync(["true", "-s", "local", "-w", "a", "-i", "no-key"], "-i: there is no file 'no-key'");

    [FleetFact]
    public async Task A_host_listed_twice_is_served_once()
    {
        var work = new Workplace(Fleet);
        string list = work.Write("list.txt", "10.0.0.1 9 joe\n10.0.0.2 9 joe\n10.0.0.1 9 jim\n");
        var result = await work.PushAsync("""echo "$TPUSH_HOST $TPUSH_USER" >> served""", "-m", "9", "-s", "local", "-l", list);
        result.ShouldSucceed().Error.Should().Contain("warning: ").And.Contain("list.txt:3:1: 10.0.0.1:9 is listed already on line 1");
        File.ReadAllLines(work["served"]).Order().Should().Equal("10.0.0.1 joe", "10.0.0.2 joe");
    }

    /// <param name="texts">What standard error must say: the message, and the hint where there is one.</param>
    private async Task RefusesAsync(string[] arguments, params string[] texts) => (await RefuseAsync(arguments)).ShouldFail(2, texts);

    private Task RefusesListAsync(string list, params string[] texts) => RefusesListAsync(list, [], texts);

    private Task RefusesListAsync(string list, string[] options, params string[] texts) =>
        RefusesListAsync("list.txt", Encoding.UTF8.GetBytes(list), options, texts);

    private async Task RefusesListAsync(string name, byte[] list, string[] options, string[] texts)
    {
        string[] arguments = ["true", "-s", "local", "-l", name, .. options];
        (await RefuseAsync(arguments, (name, list))).ShouldFail(2, texts);
    }

    private async Task<ProgramResult> RefuseAsync(string[] arguments, (string Name, byte[] Content)? list = null)
    {
        var work = new Workplace(Fleet, "refused");
        if (list is { } given) await File.WriteAllBytesAsync(work[given.Name], given.Content);
        var result = await work.PushAsync(arguments);
        result.Output.Should().BeEmpty("standard output is for results");
        work.RunDirectories().Should().BeEmpty("no run was begun");
        return result;
    }

    public sealed class Hosts() : SharedFleet(new FleetOptions { Hosts = 1 });
}
