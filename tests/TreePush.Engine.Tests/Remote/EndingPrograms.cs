using System.Collections.Concurrent;
using System.Diagnostics;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Remote.Ssh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Programs that leave others behind which hold their output open, as ssh leaves the one of a ProxyJump.</summary>
public sealed class EndingPrograms
{
    /// <summary>Starts a program in the same group, which says its number.</summary>
    private const string WithAnother = "sleep 1000 & echo $! >&2; ";

    private readonly ConcurrentQueue<int> _numbers = new();

    [Fact]
    public async Task A_program_that_does_not_end_is_killed_with_all_that_it_started()
    {
        using var child = Start(WithAnother + "sleep 1000");
        var ended = child.EndAsync(child.ReadErrorLinesAsync(Hear, CancellationToken.None));
        int another = await NumberAsync();
        await child.StopAsync(ended, TimeSpan.Zero).WaitAsync(Patience.Usual);
        await UntilGoneAsync(another);
    }

    [Fact]
    public async Task Output_that_is_held_open_from_outside_the_group_is_not_waited_for()
    {
        using var child = Start("setsid sh -c 'echo $$ >&2; exec sleep 1000' & read x; exit 3");
        var ended = child.EndAsync(child.ReadErrorLinesAsync(Hear, CancellationToken.None));
        using var another = Process.GetProcessById(await NumberAsync());
        child.CloseInput();
        (await ended.WaitAsync(Patience.Usual)).Should().Be(3);
        another.HasExited.Should().BeFalse();
        another.Kill();
    }

    [Fact]
    public async Task A_shells_ssh_is_ended_with_what_it_started()
    {
        var shell = await OpenAsync(WithAnother + RemoteScript.Bootstrap + "; sleep 1000");
        int another = await NumberAsync(() => shell.Complaints);
        await shell.DisposeAsync().AsTask().WaitAsync(Patience.Usual);
        (await shell.Ended).Loss.Should().BeNull();
        await UntilGoneAsync(another);
    }

    [Fact]
    public async Task The_loss_of_a_program_is_told_though_what_its_ssh_started_goes_on()
    {
        await using var shell = await OpenAsync(WithAnother + RemoteScript.Bootstrap + "; exit 255");
        int another = await NumberAsync(() => shell.Complaints);
        await shell.Input.WriteAsync("echo 'Connection reset by peer' >&2\n"u8.ToArray());
        await shell.Input.FlushAsync();
        var exit = await shell.Ended.WaitAsync(Patience.Usual);
        exit.Status.Should().BeNull();
        exit.Loss!.Kind.Should().Be(FailureKind.ConnectionLost);
        using var left = Process.GetProcessById(another);
        left.Kill();
    }

    [Fact]
    public async Task A_shared_connection_is_closed_with_what_its_ssh_started()
    {
        var ssh = Start(WithAnother + RemoteScript.Bootstrap + "; sleep 1000");
        await using var driver = new SshDriver(new SshOptions(), SshSecrets.None, TimeProvider.System, _ => { });
        var connection = await SharedConnection.OpenAsync(driver, new Host("a"), ssh, "none", CancellationToken.None).WaitAsync(Patience.Usual);
        int another = await NumberAsync(() => connection.Complaints);
        await connection.DisposeAsync().AsTask().WaitAsync(Patience.Usual);
        connection.Lost.IsCompleted.Should().BeFalse();
        await UntilGoneAsync(another);
    }

    private static Task<HostShell> OpenAsync(string script) =>
        HostShell.OpenAsync(new Host("a"), Start(script), CancellationToken.None, CancellationToken.None).WaitAsync(Patience.Usual);

    private static ChildProgram Start(string script) =>
        ChildProgram.Start(new ChildPlan("sh", ["-c", script]) { Judge = (status, complaints) => SshExit.Of(new Host("a"), status, complaints) });

    private void Hear(string line) => _numbers.Enqueue(int.Parse(line));

    private async Task<int> NumberAsync()
    {
        int number = 0;
        await Wait.UntilAsync(() => _numbers.TryDequeue(out number), Patience.Usual, () => "it did not start");
        return number;
    }

    private static async Task<int> NumberAsync(Func<IReadOnlyList<string>> complaints)
    {
        await Wait.UntilAsync(() => complaints().Count > 0, Patience.Usual, () => "it did not start");
        return int.Parse(complaints()[0]);
    }

    private static Task UntilGoneAsync(int process) => Wait.UntilAsync(() => !IsRunning(process), Patience.Usual, () => $"{process} still runs");

    private static bool IsRunning(int process) => File.Exists($"/proc/{process}/cmdline") && File.ReadAllText($"/proc/{process}/cmdline").Length > 0;
}
