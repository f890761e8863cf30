using TreePush.Core.Dispatching;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching;

public sealed class DispatcherTests : IDisposable
{
    private static readonly Failure Refused = new(FailureKind.HostRefused, "refused");

    private readonly DispatchPlace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_package_is_delivered_and_installed_at_each_of_its_hosts()
    {
        _place.Hosts = ["a", "b", "c"];
        await using var dispatcher = await _place.StartAsync();
        (await dispatcher.AdmitAsync()).Should().Be("id");
        await dispatcher.EndAsync();
        _place.Carrier.Installs.Should().BeEquivalentTo("p.tgz on a", "p.tgz on b", "p.tgz on c");
        dispatcher.Journal.Read(b => b.Find("id"))!.IsDone.Should().BeTrue();
        File.Exists(_place.Folder.FileOf("id")).Should().BeFalse("the private copy is not needed any more");
    }

    [Fact]
    public async Task A_host_installs_as_soon_as_it_has_the_package()
    {
        _place.Hosts = ["a", "b"];
        var slow = new TaskCompletionSource<DeliveryOutcome>();
        _place.Carrier.Deliver = (host, ct) => host.Value == "b" ? slow.Task : Task.FromResult(FakeCarrier.Delivered);
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync();
        await dispatcher.UntilAsync(PackageState.Installed);
        dispatcher.At("b")!.State.Should().Be(PackageState.Delivering);
        slow.SetResult(FakeCarrier.Delivered);
        await dispatcher.EndAsync();
    }

    [Fact]
    public async Task A_rule_without_an_install_command_ends_with_the_delivery()
    {
        _place.InstallCommand = null;
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync();
        await dispatcher.EndAsync();
        dispatcher.At("a")!.State.Should().Be(PackageState.Delivered);
        _place.Carrier.Installs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_no_rule_matches_is_refused()
    {
        await using var dispatcher = await _place.StartAsync();
        (await dispatcher.AdmitAsync("other.tgz")).Should().BeNull();
        dispatcher.Journal.Read(b => b.Refused).Should().ContainSingle().Which.Reason.Should().Contain("no rule");
    }

    [Fact]
    public async Task A_delivery_that_fails_is_tried_again_later()
    {
        int attempts = 0;
        _place.Carrier.Deliver = (_, _) => Task.FromResult(++attempts < 3 ? FakeCarrier.Delivered with { Failure = Refused } : FakeCarrier.Delivered);
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync();
        await PassAsync(dispatcher, attempt: 1, seconds: 5);
        await PassAsync(dispatcher, attempt: 2, seconds: 10);
        await dispatcher.EndAsync();
        dispatcher.At("a")!.State.Should().Be(PackageState.Installed);
        _place.Carrier.Deliveries.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_host_is_given_up_after_the_last_attempt()
    {
        _place.Carrier.Deliver = (_, _) => Task.FromResult(FakeCarrier.Delivered with { Failure = Refused });
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync();
        await PassAsync(dispatcher, attempt: 1, seconds: 5);
        await PassAsync(dispatcher, attempt: 2, seconds: 10);
        await dispatcher.EndAsync();
        dispatcher.At("a")!.Should().BeEquivalentTo(new { State = PackageState.Failed, Failure = Refused });
        File.Exists(_place.Folder.FileOf("id")).Should().BeTrue("a retry needs the private copy");
    }

    [Fact]
    public async Task An_install_that_fails_is_not_repeated_by_itself()
    {
        _place.Carrier.Install = (_, _) => Task.FromResult(new InstallOutcome(InstallEnd.Failed, new Failure(FailureKind.CommandFailed, "exit status 1")));
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync();
        await dispatcher.EndAsync();
        dispatcher.At("a")!.State.Should().Be(PackageState.Failed);
        await dispatcher.AdmitAsync();
        await dispatcher.EndAsync();
        _place.Carrier.Installs.Should().ContainSingle();
    }

    [Fact]
    public async Task An_install_that_could_not_be_started_is_tried_again()
    {
        int attempts = 0;
        _place.Carrier.Install = (_, _) => Task.FromResult(++attempts == 1 ? new InstallOutcome(InstallEnd.NotStarted, Refused) : new InstallOutcome(InstallEnd.Done, null));
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync();
        await Wait.UntilAsync(() => dispatcher.At("a")?.NotBefore > _place.Time.GetUtcNow() && _place.Time.NextDue is not null, Patience.Usual, () => "nothing is postponed");
        _place.Time.Pass(TimeSpan.FromSeconds(6));
        await dispatcher.EndAsync();
        dispatcher.At("a")!.State.Should().Be(PackageState.Installed);
        _place.Carrier.Deliveries.Should().ContainSingle();
    }

    [Fact]
    public async Task An_install_whose_dispatcher_is_gone_is_unknown_and_not_begun_again()
    {
        await using (var first = await _place.StartAsync())
        {
            _place.Carrier.Install = (_, ct) => Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => new InstallOutcome(InstallEnd.Lost, Refused), TaskScheduler.Default);
            await first.AdmitAsync();
            await first.UntilAsync(PackageState.Installing);
            first.Journal.Read(b => b.Find("id")!.State).Should().Be(PackageState.Installing);
            await CopyAsync(first);
        }
    }

    [Fact]
    public async Task Two_dispatchers_work_on_a_package_once()
    {
        _place.Hosts = ["a", "b"];
        await using var one = await _place.StartAsync();
        await using var other = await _place.StartAsync();
        var ids = Enumerable.Range(0, 50).Select(i => $"id{i}").ToList();
        await Task.WhenAll(ids.SelectMany(id => new[] { one.AdmitAsync("p" + id, id), other.AdmitAsync("p" + id, id) }));
        await one.EndAsync();
        await other.EndAsync();
        _place.Carrier.Installs.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_package_that_arrives_again_while_it_is_worked_on_is_not_delivered_twice()
    {
        var slow = new TaskCompletionSource<DeliveryOutcome>();
        _place.Carrier.Deliver = (_, _) => slow.Task;
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync();
        await dispatcher.UntilAsync(PackageState.Delivering);
        await dispatcher.AdmitAsync();
        slow.SetResult(FakeCarrier.Delivered);
        await dispatcher.EndAsync();
        _place.Carrier.Deliveries.Should().ContainSingle();
        _place.Events.OfType<PackageRepeated>().Should().ContainSingle();
    }

    [Fact]
    public async Task What_runs_may_end_when_a_dispatcher_is_stopped_and_nothing_more_is_started()
    {
        var slow = new TaskCompletionSource<DeliveryOutcome>();
        _place.Carrier.Deliver = (_, _) => slow.Task;
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync();
        await dispatcher.UntilAsync(PackageState.Delivering);
        dispatcher.Stop(kill: false);
        slow.SetResult(FakeCarrier.Delivered);
        await dispatcher.EndAsync();
        dispatcher.At("a")!.State.Should().Be(PackageState.Delivered);
        _place.Carrier.Installs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_package_is_gone_on_with_after_a_restart()
    {
        _place.Carrier.Deliver = (_, ct) => Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => FakeCarrier.Delivered with { Failure = Refused }, TaskScheduler.Default);
        await using (var first = await _place.StartAsync())
        {
            await first.AdmitAsync();
            await first.UntilAsync(PackageState.Delivering);
        }

        _place.Carrier = new FakeCarrier();
        await using var second = await _place.StartAsync();
        second.Dispatcher.WorkOnAll();
        await second.EndAsync();
        second.At("a")!.State.Should().Be(PackageState.Installed);
    }

    [Fact]
    public async Task An_install_that_had_not_started_when_its_dispatcher_was_stopped_is_started_by_the_next()
    {
        await using (var first = await _place.StartAsync())
        {
            _place.Carrier.Install = (_, ct) => Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => new InstallOutcome(InstallEnd.NotStarted, Refused), TaskScheduler.Default);
            await first.AdmitAsync();
            await first.UntilAsync(PackageState.Installing);
        }

        _place.Carrier = new FakeCarrier();
        await using var second = await _place.StartAsync();
        second.Dispatcher.WorkOnAll();
        await second.EndAsync();
        second.At("a")!.State.Should().Be(PackageState.Installed);
    }

    [Fact]
    public async Task A_package_whose_rule_has_lost_its_install_command_is_given_up_and_told()
    {
        _place.Carrier.Deliver = (_, ct) => Task.Delay(Timeout.Infinite, ct).ContinueWith(_ => FakeCarrier.Delivered with { Failure = Refused }, TaskScheduler.Default);
        await using (var first = await _place.StartAsync())
        {
            await first.AdmitAsync();
            await first.UntilAsync(PackageState.Delivering);
        }

        _place.Carrier = new FakeCarrier();
        _place.InstallCommand = null;
        await using var second = await _place.StartAsync();
        second.Dispatcher.WorkOnAll();
        await second.EndAsync();
        second.At("a")!.Failure!.Message.Should().Contain("install command");
    }

    [Fact]
    public async Task A_package_that_waits_for_its_turn_is_not_being_delivered()
    {
        _place.Parallel = 1;
        var slow = new TaskCompletionSource<DeliveryOutcome>();
        _place.Carrier.Deliver = (_, _) => slow.Task;
        await using var dispatcher = await _place.StartAsync();
        await dispatcher.AdmitAsync("p1", "id");
        await dispatcher.UntilAsync(PackageState.Delivering);
        await dispatcher.AdmitAsync("p2", "other");
        dispatcher.At("a", "other")!.Should().BeEquivalentTo(new { State = PackageState.Arrived, Attempts = 0 });
        slow.SetResult(FakeCarrier.Delivered);
        await dispatcher.EndAsync();
        dispatcher.At("a", "other")!.State.Should().Be(PackageState.Installed);
    }

    [Fact]
    public async Task A_package_that_another_dispatcher_left_is_adopted_after_a_while()
    {
        await using var watcher = await _place.StartAsync();
        using var stop = new CancellationTokenSource();
        var adopting = watcher.Dispatcher.AdoptAsync(stop.Token);
        await using (var killed = await _place.StartAsync())
        {
            killed.Stop(kill: false);
            await killed.AdmitAsync();
            await killed.EndAsync();
        }

        watcher.At("a").Should().BeNull("the watcher has not looked yet");
        _place.Time.Pass(TimeSpan.FromSeconds(31));
        await watcher.UntilAsync(PackageState.Installed);
        await stop.CancelAsync();
        await adopting;
    }

    /// <summary>Opens a copy of a dispatcher's folder, as a machine finds it after a power cut, and goes on with it.</summary>
    private async Task CopyAsync(RunningDispatcher dispatcher)
    {
        using var after = new DispatchPlace();
        File.Copy(_place.Folder.Journal, after.Folder.Journal);
        await using var next = await after.StartAsync();
        next.Dispatcher.WorkOnAll();
        await next.EndAsync();
        next.At("a")!.State.Should().Be(PackageState.Unknown);
        after.Carrier.Installs.Should().BeEmpty();
        dispatcher.Stop(kill: true);
    }

    private async Task PassAsync(RunningDispatcher dispatcher, int attempt, int seconds)
    {
        await Wait.UntilAsync(() => dispatcher.At("a") is { State: PackageState.Arrived } d && d.Attempts == attempt && d.NotBefore > _place.Time.GetUtcNow() && _place.Time.NextDue is not null,
            Patience.Usual, () => $"attempt {attempt} does not fail");
        _place.Time.Pass(TimeSpan.FromSeconds(seconds) + TimeSpan.FromMilliseconds(2));
    }
}
