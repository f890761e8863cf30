using StackExchange.Redis;
using TreePush.Core.Queueing;
using TreePush.Engine.Queueing;
using TreePush.Engine.Queueing.Redis;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing.Redis;

/// <summary>The scripts on a real server do what <see cref="ClaimTable"/> does, on histories that nobody would think of.</summary>
public sealed class AgreementTests : IAsyncLifetime
{
    private const int Calls = 1000;
    private static readonly string[] Hosts = ["a", "b", "c", "d", "e", "f", "g"], Zones = ["east", "west"];
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private RedisServer? _server;
    private DateTimeOffset _now = DateTimeOffset.FromUnixTimeMilliseconds(1_764_000_000_123);

    public async Task InitializeAsync() => _server = RedisServer.MissingRequirement() is null ? await RedisServer.StartAsync() : null;

    public async Task DisposeAsync() => await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);

    [RedisTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Scripts_answer_as_the_table_does_after_every_call(int seed)
    {
        var random = new Random(seed);
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{RedisServer.Address}:{_server!.Port}");
        await using var store = new RedisTaskStore(new RedisOptions { Address = Stores.Address(_server.Url), Lease = Lease }, TimeProvider.System) { Clock = () => _now };
        var spec = await store.SubmitAsync(Stores.Draft with { Slots = random.Next(1, 4), MaxAttempts = random.Next(2, 9) }, default);
        var history = new History(store, new ClaimTable(spec), random);
        for (int call = 0; call < Calls; call++)
        {
            if (random.Next(3) == 0) _now += TimeSpan.FromMilliseconds(random.Next(2) == 0 ? random.Next(3000) : random.Next(40_000));
            await history.StepAsync(_now);
            var view = await store.ViewAsync(spec.Id, default);
            view.Should().BeEquivalentTo(history.Table.View(_now), o => o.WithStrictOrdering(), "that is so after {0}", string.Join("\n", history.Done.TakeLast(20)));
            var waiters = await redis.GetDatabase().SortedSetRangeByRankAsync($"{{treepush:{spec.Id}}}:waiters");
            waiters.Select(w => (string?)w).Should().Equal(history.Table.Waiters, "that is so after {0}", string.Join("\n", history.Done.TakeLast(20)));
        }

        history.Answers.Keys.Should().Contain([ClaimResult.Granted, ClaimResult.Waiting, ClaimResult.Later, ClaimResult.Finished, ClaimResult.Held]);
    }

    /// <summary>Random calls, each made on both sides.</summary>
    private sealed class History(RedisTaskStore store, ClaimTable table, Random random)
    {
        private readonly Dictionary<string, string?> _zones = Hosts.ToDictionary(h => h, _ => (string?)null);
        private readonly List<(string Host, long Token)> _claims = [];

        public ClaimTable Table => table;

        public List<string> Done { get; } = [];

        /// <summary>How often a claim was answered with each result.</summary>
        public Dictionary<ClaimResult, int> Answers { get; } = [];

        public async Task StepAsync(DateTimeOffset now)
        {
            string id = table.Spec.Id, host = Pick(Hosts);
            if (random.Next(10) == 0) _zones[host] = random.Next(4) == 0 ? null : Pick(Zones);
            string? zone = _zones[host];
            var (holder, token) = _claims.Count == 0 || random.Next(20) == 0 ? (host, random.Next(5)) : random.Next(3) == 0 ? _claims[random.Next(_claims.Count)] : _claims[^1];
            var fault = Pick(Enum.GetValues<FaultOf>());
            switch (random.Next(100))
            {
                case < 40: await ClaimAsync(host, zone, now); break;
                case < 50: Agree($"renew {holder} {token}", await store.RenewAsync(id, holder, token, default), table.Renew(holder, token, Lease, now)); break;
                case < 62: Agree($"finish {holder} {token}", await store.FinishAsync(id, holder, token, default), table.Finish(holder, token, now)); break;
                case < 80: Agree($"fail {holder} {token} {fault}", await store.FailAsync(id, holder, token, "it broke\n\"so\"", fault, default), table.Fail(holder, token, "it broke\n\"so\"", fault, now)); break;
                case < 85: Agree($"release {holder} {token}", await store.ReleaseAsync(id, holder, token, default), table.Release(holder, token, now)); break;
                case < 92: await DoAsync($"offer {host} {zone}", () => store.OfferAsync(id, host, zone, default), () => table.Offer(host, zone, now)); break;
                case < 97: await DoAsync($"withdraw {host}", () => store.WithdrawAsync(id, host, default), () => table.Withdraw(host, now)); break;
                case < 98: Agree("cancel", await store.CancelAsync(id, default), table.Cancel(now)); break;
                default: await DoAsync("submit", () => store.SubmitAsync(Again(table.Spec), default), () => table.Submit(now)); break;
            }
        }

        private async Task ClaimAsync(string host, string? zone, DateTimeOffset now)
        {
            var answer = await store.ClaimAsync(table.Spec.Id, host, zone, default);
            Agree($"claim {host} {zone}", answer, table.Claim(host, zone, Lease, now));
            Answers[answer.Result] = Answers.GetValueOrDefault(answer.Result) + 1;
            if (answer.Claim is { } claim) _claims.Add((host, claim.Token));
        }

        private async Task DoAsync(string call, Func<Task> inRedis, Action inTable)
        {
            Done.Add(call);
            await inRedis();
            inTable();
        }

        private void Agree<T>(string call, T inRedis, T inTable)
        {
            Done.Add($"{call}: {inTable}");
            inRedis.Should().Be(inTable, "that is so after {0}", string.Join("\n", Done.TakeLast(20)));
        }

        private T Pick<T>(T[] all) => all[random.Next(all.Length)];

        private static TaskDraft Again(TaskSpec spec) => new(spec.Path, spec.Size, spec.Sha256, spec.Slots, spec.MaxAttempts);
    }
}
