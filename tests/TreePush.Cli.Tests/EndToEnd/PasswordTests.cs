using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>Runs with a password, on each ssh client.</summary>
public sealed class PasswordTests(PasswordTests.Hosts hosts) : IClassFixture<PasswordTests.Hosts>
{
    public static TheoryData<string> Clients => ["openssh", "builtin"];

    private Fleet Fleet => hosts.Fleet;

    [FleetTheory("perl")]
    [MemberData(nameof(Clients))]
    public async Task A_file_gives_the_password_to_pushes_and_syncs_and_nothing_else_has_it(string client)
    {
        var work = new Workplace(Fleet);
        string[] options = ["--ssh-client", client, "--password-file", WriteFile(work, PasswordFleet.Password + "\n"), "-d"];
        string list = await Fleet.WriteHostListAsync();
        var push = (await work.PushAsync(["true", "-s", "local", "-l", list, .. options])).ShouldSucceed();
        work.Write("file", "content");
        var sync = (await work.PushAsync(["sync", "file", $"{Fleet.DataPath}/file", "-l", list, .. options])).ShouldSucceed();
        foreach (var host in Fleet.Hosts) File.ReadAllText(Path.Combine(host.DataDirectory, "file")).Should().Be("content");
        string told = push.Output + push.Error + sync.Output + sync.Error + string.Concat(Directory.GetFiles(work.LogDirectory, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        told.Should().NotContain("ecret").And.Contain("\"client\"");
    }

    [FleetTheory("perl")]
    [MemberData(nameof(Clients))]
    public async Task A_wrong_password_is_told(string client)
    {
        var work = new Workplace(Fleet);
        string[] options = ["--ssh-client", client, "--password-file", WriteFile(work, "wrong")];
        (await work.PushAsync(["true", "-s", Fleet.Hosts[0].Endpoint, "-w", work.Nobody(1), .. options])).ShouldFail(3, "refused the login");
    }

    [FleetTheory("perl")]
    [InlineData("two\nlines\n", UnixFileMode.UserRead | UnixFileMode.UserWrite, "exactly one line")]
    [InlineData("", UnixFileMode.UserRead | UnixFileMode.UserWrite, "exactly one line")]
    [InlineData("password\n", UnixFileMode.UserRead | UnixFileMode.GroupRead, "other users can read")]
    public async Task A_file_that_will_not_do_is_refused(string text, UnixFileMode mode, string complaint)
    {
        var work = new Workplace(Fleet);
        string file = WriteFile(work, text);
        File.SetUnixFileMode(file, mode);
        (await work.PushAsync("true", "-s", Fleet.Hosts[0].Endpoint, "-w", work.Nobody(1), "--password-file", file)).ShouldFail(2, complaint);
    }

    [FleetFact("perl")]
    public async Task Without_a_terminal_nobody_can_be_asked()
    {
        var work = new Workplace(Fleet);
        (await work.PushAsync("true", "-s", Fleet.Hosts[0].Endpoint, "-w", work.Nobody(1), "--ask-pass")).ShouldFail(2, "--ask-pass: no password was given", "--password-file FILE");
    }

    [FleetTheory("perl", "tmux")]
    [MemberData(nameof(Clients))]
    public async Task A_password_is_typed_once_and_not_seen(string client)
    {
        var work = new Workplace(Fleet);
        await using var terminal = await Terminal.OpenAsync(work.Directory);
        string sources = string.Join(',', Fleet.Hosts.Select(h => h.Endpoint));
        await terminal.EnterAsync($"{Workplace.Program} true --ask-pass --ssh-client {client} -F {Fleet.SshConfigPath} -s {sources} -w {work.Nobody(1)},{work.Nobody(2)} --no-live");
        await terminal.WaitForAsync("password:");
        await terminal.EnterAsync(PasswordFleet.Password);
        (await terminal.WaitForAsync("2 of 2 served")).Should().NotContain("ecret");
    }

    [FleetFact("perl", "tmux")]
    public async Task An_interrupt_ends_the_program_while_it_asks_for_a_passphrase()
    {
        var work = new Workplace(Fleet);
        await using var terminal = await Terminal.OpenAsync(work.Directory);
        await terminal.EnterAsync("ssh-keygen -q -t ed25519 -N secret -f key; trap : INT");
        await terminal.EnterAsync($"{Workplace.Program} true --ssh-client builtin -i key -F {Fleet.SshConfigPath} -s {Fleet.Hosts[0].Endpoint} -w {work.Nobody(1)} --no-live; echo ended $?");
        await terminal.WaitForAsync("passphrase of");
        await terminal.PressAsync("C-c");
        await terminal.WaitForAsync("ended 130");
    }

    private static string WriteFile(Workplace work, string text)
    {
        string file = work.Write("password", text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    public sealed class Hosts : IAsyncLifetime
    {
        private Fleet? _fleet;

        internal Fleet Fleet => _fleet ?? throw new InvalidOperationException("The fleet was not started.");

        public async Task InitializeAsync()
        {
            if (Fleet.MissingRequirement() is null && Needs.MissingOf("perl") is null) _fleet = await PasswordFleet.StartAsync("password", hosts: 2);
        }

        public async Task DisposeAsync()
        {
            if (_fleet is not null) await _fleet.DisposeAsync();
        }
    }
}
