using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>What every <see cref="IRemoteProgram"/> does.</summary>
public abstract class ProgramConformance(ConformancePlace place)
{
    private readonly string _marker = Marker.New();
    private readonly ConcurrentQueue<string> _errors = new();

    [FleetFact]
    public async Task Every_byte_goes_both_ways()
    {
        await using var host = await place.OpenAsync();
        await using var program = await RunAsync(host, "exec cat");
        byte[] sent = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
        await program.Input.WriteAsync(sent);
        await program.Input.FlushAsync();
        (await ReadAsync(program, sent.Length)).Should().Equal(sent);
    }

    [FleetFact]
    public async Task Answers_come_at_once_and_not_when_a_buffer_is_full()
    {
        await using var host = await place.OpenAsync();
        await using var program = await RunAsync(host, "exec cat");
        for (byte i = 0; i < 100; i++)
        {
            await program.Input.WriteAsync(new[] { i });
            await program.Input.FlushAsync();
            (await ReadAsync(program, 1)).Should().Equal(i);
        }
    }

    /// <summary>As much as a program of twelve hours says, in one go.</summary>
    [FleetFact]
    public async Task A_gibibyte_goes_each_way()
    {
        const long size = 1L << 30;
        await using var host = await place.OpenAsync();
        await using var program = await RunAsync(host, $"head -c {size} | sha256sum; exec head -c {size} /dev/zero");
        var block = new byte[1 << 20];
        for (long sent = 0; sent < size; sent += block.Length) await program.Input.WriteAsync(block);
        await program.Input.FlushAsync();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long i = 0; i < size; i += block.Length) hash.AppendData(block);
        string expected = Convert.ToHexStringLower(hash.GetHashAndReset()) + "  -\n";
        Encoding.ASCII.GetString(await ReadAsync(program, expected.Length)).Should().Be(expected);
        long received = 0;
        int read;
        while ((read = await program.Output.ReadAsync(block)) > 0) received += read;
        received.Should().Be(size);
        (await program.Ended.WaitAsync(Patience.Usual)).Should().Be(new ProgramExit(0, null));
    }

    [FleetFact]
    public async Task Standard_error_is_told_line_by_line_while_output_goes_on()
    {
        await using var host = await place.OpenAsync();
        await using var program = await RunAsync(host, "for i in 1 2 3; do echo err $i >&2; echo out $i; read -r go; done; printf last >&2; exit 7");
        for (int i = 1; i <= 3; i++)
        {
            Encoding.ASCII.GetString(await ReadAsync(program, 6)).Should().Be($"out {i}\n");
            await ConformancePlace.UntilAsync(() => _errors.Contains($"err {i}"), $"err {i} has not come");
            await WriteAsync(program, "\n");
        }

        (await program.Ended.WaitAsync(Patience.Usual)).Should().Be(new ProgramExit(7, null));
        _errors.Should().Equal("err 1", "err 2", "err 3", "last");
    }

    [FleetTheory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exec no-such-program-anywhere", 127)]
    public async Task The_exit_status_arrives(string script, int status)
    {
        await using var host = await place.OpenAsync();
        await using var program = await RunAsync(host, script);
        (await program.Ended.WaitAsync(Patience.Usual)).Should().Be(new ProgramExit(status, null));
    }

    [FleetFact]
    public async Task A_program_hears_of_the_end_of_its_input()
    {
        await using var host = await place.OpenAsync();
        await using var program = await RunAsync(host, "cat >/dev/null; echo over; exit 5");
        await WriteAsync(program, "some input");
        await program.Input.DisposeAsync();
        Encoding.ASCII.GetString(await ReadAsync(program, 5)).Should().Be("over\n");
        (await program.Ended.WaitAsync(Patience.Usual)).Status.Should().Be(5);
    }

    [FleetFact]
    public async Task A_shell_that_nobody_gives_a_line_ends_when_it_is_disposed_of()
    {
        await using var host = await place.OpenAsync();
        var program = await host.OpenProgramAsync(_ => { }, CancellationToken.None);
        await program.DisposeAsync().AsTask().WaitAsync(Patience.Usual);
        program.Ended.IsCompleted.Should().BeTrue();
    }

    [FleetFact]
    public async Task A_program_that_is_disposed_of_ends()
    {
        await using var host = await place.OpenAsync();
        var program = await RunAsync(host, $"sleep {_marker} & cat; kill $!");
        await ConformancePlace.UntilAsync(() => place.Running($"sleep {_marker}") == 1, "it does not run");
        await program.DisposeAsync();
        (await program.Ended).Loss.Should().BeNull();
        await ConformancePlace.UntilAsync(() => place.Running($"sleep {_marker}") == 0, "it still runs");
    }

    [FleetFact]
    public async Task A_program_that_will_not_end_is_not_waited_for()
    {
        await using var host = await place.OpenAsync();
        var program = await RunAsync(host, $"exec sleep {_marker}");
        await ConformancePlace.UntilAsync(() => place.Running($"sleep {_marker}") == 1, "it does not run");
        await program.DisposeAsync().AsTask().WaitAsync(Patience.Usual);
        program.Ended.IsCompleted.Should().BeTrue();
        await host.DisposeAsync().AsTask().WaitAsync(Patience.Usual);
        await using var other = await place.OpenAsync();
        await other.RunAsync($"pkill -f 'sleep {_marker}'; true");
    }

    [FleetFact]
    public async Task Two_programs_and_a_command_run_at_once()
    {
        await using var host = await place.OpenAsync();
        await using var one = await RunAsync(host, "exec cat");
        await using var other = await RunAsync(host, "exec cat");
        await WriteAsync(one, "one");
        await WriteAsync(other, "other");
        (await host.RunAsync("exit 4")).Status.Should().Be(4);
        Encoding.ASCII.GetString(await ReadAsync(one, 3)).Should().Be("one");
        Encoding.ASCII.GetString(await ReadAsync(other, 5)).Should().Be("other");
    }

    [FleetFact]
    public async Task Twelve_programs_run_at_once()
    {
        await using var host = await place.OpenAsync();
        var programs = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RunAsync(host, "exec cat")));
        foreach (var program in programs) await WriteAsync(program, "x");
        foreach (var program in programs) (await ReadAsync(program, 1)).Should().Equal((byte)'x');
        await Task.WhenAll(programs.Select(p => p.DisposeAsync().AsTask()));
    }

    [FleetFact]
    public async Task Commands_go_on_when_a_program_ends_and_others_can_be_started()
    {
        await using var host = await place.OpenAsync();
        var program = await RunAsync(host, "cat");
        string gate = Marker.New();
        var command = host.RunAsync($"touch {place.Inside(_marker)}; until [ -e {place.Inside(gate)} ]; do sleep 0.05; done; exit 5");
        await ConformancePlace.UntilAsync(() => File.Exists(place.Outside(_marker)), "the command does not run");
        await program.DisposeAsync();
        (await host.RunAsync($"touch {place.Inside(gate)}; exit 4")).Status.Should().Be(4);
        (await command.WaitAsync(Patience.Usual)).Status.Should().Be(5);
        host.Lost.IsCompleted.Should().BeFalse();
    }

    private async Task<IRemoteProgram> RunAsync(IRemoteHost host, string script)
    {
        var program = await host.OpenProgramAsync(_errors.Enqueue, CancellationToken.None);
        await WriteAsync(program, script + "\n");
        return program;
    }

    private static async Task WriteAsync(IRemoteProgram program, string text)
    {
        await program.Input.WriteAsync(Encoding.ASCII.GetBytes(text));
        await program.Input.FlushAsync();
    }

    private static async Task<byte[]> ReadAsync(IRemoteProgram program, int count)
    {
        var bytes = new byte[count];
        await program.Output.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience.WithHeartbeats);
        return bytes;
    }
}
