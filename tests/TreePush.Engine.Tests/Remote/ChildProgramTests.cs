using TreePush.Engine.Remote;

namespace TreePush.Engine.Tests.Remote;

public sealed class ChildProgramTests
{
    [Fact]
    public async Task An_interrupt_does_not_end_a_child() =>
        (await LinesAsync("kill -INT $$; echo alive")).Should().Equal("alive");

    [Fact]
    public async Task A_child_has_a_session_of_its_own() =>
        (await LinesAsync("[ $(ps -o sid= -p $$) = $$ ] && echo own")).Should().Equal("own");

    [Fact]
    public async Task A_child_does_not_inherit_the_password_for_Redis()
    {
        Environment.SetEnvironmentVariable("TREEPUSH_REDIS", "redis://:secret@10.0.0.5");
        (await LinesAsync("echo ${TREEPUSH_REDIS-nothing}")).Should().Equal("nothing");
        Environment.SetEnvironmentVariable("TREEPUSH_REDIS", null);
    }

    /// <summary>It comes before setsid, when the child is still in the controller's process group.</summary>
    [Fact]
    public void An_interrupt_that_comes_before_a_childs_first_instruction_waits()
    {
        var start = new System.Diagnostics.ProcessStartInfo("grep", ["SigBlk", "/proc/self/status"]) { RedirectStandardOutput = true };
        using var child = InterruptShield.Start(() => System.Diagnostics.Process.Start(start)!);
        string blocked = child.StandardOutput.ReadToEnd().Split(':')[1].Trim();
        (Convert.ToUInt64(blocked, 16) & 0b10).Should().Be(0b10, "SIGINT is the second signal");
    }

    [Fact]
    public void The_controller_takes_interrupts_again_when_a_child_is_started()
    {
        string before = Blocked();
        InterruptShield.Start(Blocked).Should().NotBe(before);
        Blocked().Should().Be(before);
    }

    [Fact]
    public async Task A_line_for_a_closed_input_is_an_input_output_failure()
    {
        using var child = ChildProgram.Start("sh", "-c", "cat");
        child.CloseInput();
        await child.Awaiting(c => c.WriteLineAsync("late", CancellationToken.None)).Should().ThrowAsync<IOException>();
    }

    /// <summary>The grandchild keeps the other end of the pipe open.</summary>
    [Fact]
    public async Task The_output_of_a_child_that_is_disposed_of_is_closed_under_its_reader()
    {
        var child = ChildProgram.Start("sh", "-c", "sleep 60 & echo $!; wait");
        var output = child.Output;
        var number = new byte[16];
        int length = await output.ReadAsync(number);
        var reading = output.ReadAsync(new byte[1]).AsTask();
        child.Dispose();
        await reading.Awaiting(r => r.WaitAsync(Testing.Patience.Usual)).Should().ThrowAsync<IOException>();
        System.Diagnostics.Process.GetProcessById(int.Parse(System.Text.Encoding.ASCII.GetString(number, 0, length))).Kill();
    }

    private static string Blocked() => File.ReadLines("/proc/thread-self/status").Single(l => l.StartsWith("SigBlk", StringComparison.Ordinal));

    private static async Task<List<string>> LinesAsync(string script)
    {
        using var child = ChildProgram.Start("sh", ["-c", script]);
        var lines = new List<string>();
        await child.ReadLinesAsync(line => lines.Add(line.Text), CancellationToken.None);
        await child.WaitAsync(CancellationToken.None);
        return lines;
    }
}
