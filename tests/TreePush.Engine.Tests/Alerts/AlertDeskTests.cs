using TreePush.Core.Alerts;
using TreePush.Engine.Alerts;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Alerts;

public sealed class AlertDeskTests
{
    private readonly ManualTime _time = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _warnings = new();

    [Fact]
    public async Task An_alert_goes_to_all_sinks()
    {
        FakeSink first = new((_, _) => Task.CompletedTask), second = new((_, _) => Task.CompletedTask);
        await using var desk = Desk(first, second);
        desk.Report("broken");
        foreach (var sink in new[] { first, second }) (await sink.NextAsync()).Errors.Should().ContainSingle().Which.Text.Should().Be("broken");
    }

    [Fact]
    public async Task A_sink_that_fails_is_told_and_gets_the_next_alert_all_the_same()
    {
        var sink = new FakeSink((_, _) => throw new AlertException("it answered with HTTP status 500"));
        await using (var desk = Desk(sink))
        {
            desk.Report("one");
            await sink.NextAsync();
            desk.Report("two");
            await sink.NextAsync();
        }

        _warnings.Should().HaveCount(2);
        _warnings.First().Should().Be("the alert \"test: 1 error within 60 s\" was not sent by the fake: it answered with HTTP status 500");
    }

    [Fact]
    public async Task An_unexpected_failure_shows_no_message()
    {
        await using (var desk = Desk(new FakeSink((_, _) => throw new InvalidOperationException("secret")))) desk.Report("one");
        _warnings.Should().ContainSingle().Which.Should().Contain("InvalidOperationException").And.NotContain("secret");
    }

    [Fact]
    public async Task A_sink_that_hangs_holds_up_neither_reports_nor_other_sinks()
    {
        FakeSink hanging = new((_, ct) => Task.Delay(Timeout.Infinite, ct)), other = new((_, _) => Task.CompletedTask);
        var desk = Desk(hanging, other);
        for (int i = 0; i < 3; i++)
        {
            desk.Report($"{i}");
            await other.NextAsync();
        }

        await hanging.NextAsync();
        await EndAsync(desk);
        _warnings.Should().HaveCount(3).And.OnlyContain(w => w.Contains("treepush ended before it was sent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sink_that_takes_too_long_is_cut_off()
    {
        var sink = new FakeSink((alert, ct) => alert.Errors[0].Text == "first" ? Task.Delay(Timeout.Infinite, ct) : Task.CompletedTask);
        await using var desk = Desk(sink);
        desk.Report("first");
        await sink.NextAsync();
        desk.Report("second");
        _time.Pass(SinkQueue.SendLimit);
        (await sink.NextAsync()).Errors[0].Text.Should().Be("second");
        _warnings.Should().ContainSingle().Which.Should().Contain("not sent within 60 s");
    }

    [Fact]
    public async Task When_too_many_wait_the_oldest_is_dropped_and_told()
    {
        var gate = new TaskCompletionSource();
        var sink = new FakeSink((_, _) => gate.Task);
        var desk = Desk(sink);
        desk.Report("0");
        await sink.NextAsync();
        for (int i = 1; i <= 20; i++) desk.Report($"{i}");
        gate.SetResult();
        await desk.DisposeAsync();
        sink.Waiting.Should().Be(16);
        (await sink.NextAsync()).Errors[0].Text.Should().Be("5");
        _warnings.Should().HaveCount(4);
    }

    [Fact]
    public async Task At_the_end_what_waits_is_sent_and_nothing_more_is_taken()
    {
        var gate = new TaskCompletionSource();
        var sink = new FakeSink((_, _) => gate.Task);
        var desk = Desk(sink);
        for (int i = 0; i < 3; i++) desk.Report($"{i}");
        var ending = desk.DisposeAsync();
        desk.Report("late");
        gate.SetResult();
        await ending;
        sink.Waiting.Should().Be(3);
        _warnings.Should().BeEmpty();
    }

    [Fact]
    public async Task A_sink_that_can_not_be_stopped_does_not_hold_up_the_end()
    {
        var desk = Desk(new FakeSink((_, _) => new TaskCompletionSource().Task));
        desk.Report("0");
        await EndAsync(desk);
    }

    [Fact]
    public async Task Reports_from_many_threads_are_all_counted()
    {
        var sink = new FakeSink((_, _) => Task.CompletedTask);
        await using var desk = new AlertDesk(new AlertTrigger(AlertStrategy.Parse("{60: 8000}", "", [])!, "test"), [sink], _time, _warnings.Enqueue);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 1000; i++) desk.Report("error");
        })));
        (await sink.NextAsync()).Count.Should().Be(8000);
    }

    [Fact]
    public async Task A_configuration_names_the_sinks()
    {
        using var temporary = new Temporary();
        using var server = new SmallWebServer("200 OK");
        var config = new AlertConfig
        {
            Command = $"cat >'{temporary["text"]}'",
            Webhook = $"http://127.0.0.1:{server.Port}/",
            Mail = new MailConfig("127.0.0.1", 1, "a@example.com", ["b@example.com"]) { Plain = true },
        };
        await using (var desk = AlertDesk.Of(config, "treepush dispatch on tower", TimeProvider.System, _warnings.Enqueue)) desk.Report("broken");
        File.ReadAllText(temporary["text"]).Should().StartWith("treepush dispatch on tower: 1 error within 60 s\n");
        (await server.Request).Body.Should().Contain("broken");
        _warnings.Should().ContainSingle().Which.Should().Contain("was not sent by mail over 127.0.0.1: the connection failed");
    }

    private AlertDesk Desk(params IEnumerable<IAlertSink> sinks) => new(Sample.Trigger(), sinks, _time, _warnings.Enqueue);

    /// <summary>Ends the desk, and lets time pass for as long as it waits.</summary>
    private async Task EndAsync(AlertDesk desk)
    {
        var ending = desk.DrainAsync(TimeSpan.FromSeconds(10));
        await Wait.UntilAsync(
            () =>
            {
                if (_time.NextDue is not null) _time.Pass(TimeSpan.FromSeconds(5));
                return ending.IsCompleted;
            }, Patience.Usual, () => "the desk does not end");
    }
}
