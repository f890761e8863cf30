using TreePush.Core.Queueing;

namespace TreePush.Core.Tests.Queueing;

/// <summary>A claim table with a clock that a test moves.</summary>
internal sealed class Table(int slots = 1, int attempts = 3)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly ClaimTable _table = new(new TaskSpec("id", "/data/f", 1, "00", slots, attempts, DateTimeOffset.UnixEpoch));

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.UnixEpoch;

    public IReadOnlyList<string> Waiters => _table.Waiters;

    public IReadOnlyList<string> Woken => _table.TakeWoken();

    public TaskHost this[string host] => _table.View(Now).Hosts.Single(h => h.Name == host);

    public void Pass(TimeSpan time) => Now += time;

    public ClaimAnswer Claim(string host, string? zone = null) => _table.Claim(host, zone, Lease, Now);

    /// <summary>Claims where that must be granted.</summary>
    public Claim Granted(string host, string? zone = null)
    {
        var answer = Claim(host, zone);
        answer.Result.Should().Be(ClaimResult.Granted);
        return answer.Claim!;
    }

    /// <summary>Claims, and fails.</summary>
    public Claim Failed(string host, FaultOf fault)
    {
        var claim = Granted(host);
        Fail(host, claim, fault).Should().BeTrue();
        return claim;
    }

    public bool Renew(string host, Claim claim) => _table.Renew(host, claim.Token, Lease, Now);

    public bool Finish(string host, Claim claim) => _table.Finish(host, claim.Token, Now);

    public bool Fail(string host, Claim claim, FaultOf fault = FaultOf.Unknown) => _table.Fail(host, claim.Token, "broken", fault, Now);

    public bool Release(string host, Claim claim) => _table.Release(host, claim.Token, Now);

    public void Offer(string host, string? zone = null) => _table.Offer(host, zone, Now);

    public void Withdraw(string host) => _table.Withdraw(host, Now);

    public bool Cancel() => _table.Cancel(Now);

    public void Submit() => _table.Submit(Now);
}
