using TreePush.Engine.Alerts;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Alerts;

public sealed class CommandSinkTests : IDisposable
{
    private readonly Temporary _temporary = new();

    [Fact]
    public async Task A_command_reads_the_alert_and_finds_subject_and_count_in_its_environment()
    {
        await SendAsync($"cat >'{_temporary["text"]}'; printf '%s|%s' \"$TPUSH_ALERT_SUBJECT\" \"$TPUSH_ALERT_COUNT\" >'{_temporary["rest"]}'");
        File.ReadAllText(_temporary["text"]).Should().Be(Sample.Alert.Text).And.Contain("größer; $(id)");
        File.ReadAllText(_temporary["rest"]).Should().Be($"{Sample.Alert.Subject}|7");
    }

    [Fact]
    public async Task A_command_that_reads_nothing_is_fine() => await SendAsync("true");

    [Fact]
    public async Task A_command_that_fails_says_so_with_its_last_line() =>
        (await FluentActions.Awaiting(() => SendAsync("echo one >&2; echo \"no such $(printf '\\033')mailer\" >&2; exit 3")).Should().ThrowAsync<AlertException>())
            .Which.Message.Should().Be("exit status 3: no such \\x1bmailer");

    [Fact]
    public async Task A_command_that_hangs_is_ended_with_all_that_it_started()
    {
        string marker = Marker.New();
        using var cts = new CancellationTokenSource();
        var sending = new CommandSink($"sleep {marker} & echo > '{_temporary["up"]}'; sleep {marker}").SendAsync(Sample.Alert, cts.Token);
        await Wait.UntilAsync(() => File.Exists(_temporary["up"]), Patience.Usual, () => "the command does not start");
        await cts.CancelAsync();
        await sending.Awaiting(s => s).Should().ThrowAsync<OperationCanceledException>();
        Running(marker).Should().Be(0);
    }

    [Fact]
    public async Task What_a_command_leaves_running_is_ended_if_it_holds_the_output()
    {
        string marker = Marker.New();
        await SendAsync($"sleep {marker} &");
        await Wait.UntilAsync(() => Running(marker) == 0, Patience.Usual, () => "it still runs");
    }

    public void Dispose() => _temporary.Dispose();

    private static Task SendAsync(string command) => new CommandSink(command).SendAsync(Sample.Alert, CancellationToken.None).WaitAsync(Patience.Usual);

    private static int Running(string marker) => Directory.GetDirectories("/proc").Count(p =>
    {
        try
        {
            return File.ReadAllText($"{p}/cmdline").Contains(marker, StringComparison.Ordinal) && !File.ReadAllText($"{p}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
