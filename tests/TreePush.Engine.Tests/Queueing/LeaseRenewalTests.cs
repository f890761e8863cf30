using TreePush.Core.Queueing;
using TreePush.Engine.Queueing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing;

public sealed class LeaseRenewalTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TableStore _store;
    private readonly LeaseRenewal _renewal;
    private readonly CancellationTokenSource _end = new();
    private int _lost;

    public LeaseRenewalTests()
    {
        _store = new TableStore(_time);
        _renewal = new LeaseRenewal(new StoreLink(_store, new AgentReporter(_ => { }, _time), _time), TableStore.Lease, _time);
    }

    [Fact]
    public async Task A_lease_is_renewed_three_times_in_its_length()
    {
        var (task, renewing) = await BeginAsync();
        for (int third = 1; third <= 9; third++) await PassAsync(third);
        _store.Find(task, "web1")!.Progress.Should().Be(HostProgress.Running);
        await _end.CancelAsync();
        (await renewing).Should().BeFalse();
        _lost.Should().Be(0);
    }

    [Fact]
    public async Task A_refusal_is_told_once_and_ends_the_renewing()
    {
        var (task, renewing) = await BeginAsync();
        await _store.ReleaseAsync(task, "web1", 1, CancellationToken.None);
        _time.Pass(TableStore.Lease / 3);
        (await renewing.WaitAsync(Patience.Usual)).Should().BeTrue();
        (_lost, _time.Pending).Should().Be((1, 0));
    }

    [Fact]
    public async Task An_outage_that_is_shorter_than_the_lease_costs_nothing()
    {
        var (task, _) = await BeginAsync();
        _store.Outage = TableStore.Away();
        _time.Pass(TableStore.Lease / 3);
        await Wait.UntilAsync(() => _time.Pending > 0, Patience.Usual, () => "it does not go on");
        _store.Outage = null;
        await PassAsync(1);
        (_lost, _store.Find(task, "web1")!.Progress).Should().Be((0, HostProgress.Running));
    }

    [Fact]
    public async Task An_outage_that_is_longer_than_the_lease_ends_in_a_refusal()
    {
        var (_, renewing) = await BeginAsync();
        _store.Outage = TableStore.Away();
        for (int third = 1; third <= 4; third++)
        {
            _time.Pass(TableStore.Lease / 3);
            await Wait.UntilAsync(() => _time.Pending > 0, Patience.Usual, () => "it does not go on");
        }

        _lost.Should().Be(0);
        _store.Outage = null;
        _time.Pass(TableStore.Lease / 3);
        (await renewing.WaitAsync(Patience.Usual)).Should().BeTrue();
    }

    [Fact]
    public async Task A_failure_that_will_not_pass_ends_what_is_renewed_too()
    {
        var (_, renewing) = await BeginAsync();
        _store.Outage = TableStore.Away(mayPass: false);
        _time.Pass(TableStore.Lease / 3);
        await renewing.Awaiting(r => r).Should().ThrowAsync<TaskStoreException>();
        _lost.Should().Be(1);
    }

    public void Dispose() => _end.Dispose();

    private async Task<(string Task, Task<bool> Renewing)> BeginAsync()
    {
        var task = await _store.SubmitAsync(new TaskDraft("/data/f", 1, new string('0', 64), 1, 3), CancellationToken.None);
        await _store.OfferAsync(task.Id, "source", null, CancellationToken.None);
        var claim = (await _store.ClaimAsync(task.Id, "web1", null, CancellationToken.None)).Claim!;
        return (task.Id, _renewal.RunAsync(task.Id, "web1", claim, LoseAsync, _end.Token));
    }

    private Task LoseAsync()
    {
        _lost++;
        return Task.CompletedTask;
    }

    private async Task PassAsync(int renewals)
    {
        _time.Pass(TableStore.Lease / 3);
        await Wait.UntilAsync(() => _store.Count("renew") == renewals && _time.Pending > 0, Patience.Usual, () => $"{_store.Count("renew")} renewals");
    }
}
