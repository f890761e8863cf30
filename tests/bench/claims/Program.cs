// Agents without files, each with a connection of its own to a real Redis server. Called by agents.sh.
//   claims ADDRESS AGENTS RATE SECONDS   RATE claims a second are asked for, by all agents together; prints what came of it
//   claims ADDRESS idle AGENTS SECONDS   agents with nothing to do; prints the commands that each costs the server in a second
using System.Diagnostics;
using TreePush.Engine.Queueing;
using TreePush.Engine.Queueing.Redis;
using TreePush.Engine.Remote;

var address = RedisAddress.Parse("ADDRESS", args[0], [])!;
if (args[1] == "idle") await IdleAsync(int.Parse(args[2]), TimeSpan.FromSeconds(int.Parse(args[3])));
else await ClaimAsync(int.Parse(args[1]), int.Parse(args[2]), TimeSpan.FromSeconds(int.Parse(args[3])));

RedisTaskStore Open() => new(new RedisOptions { Address = address, ConnectTimeout = TimeSpan.FromSeconds(30), CallTimeout = TimeSpan.FromSeconds(30) }, TimeProvider.System);

// Each agent claims and releases in turn. A claim is one call; the release after it is another, and is not counted.
async Task ClaimAsync(int agents, int rate, TimeSpan length)
{
    var stores = await OpenAllAsync(agents);
    var task = await stores[0].SubmitAsync(new TaskDraft("/data/f", 1, new string('0', 64), agents, 1_000_000), CancellationToken.None);
    await stores[0].OfferAsync(task.Id, "source", null, CancellationToken.None);
    await Parallel.ForEachAsync(Enumerable.Range(0, agents), async (n, ct) => await TurnAsync(n, ct)); // Everybody is connected and known.
    var took = new List<double>[agents];
    long begin = Stopwatch.GetTimestamp();
    await Task.WhenAll(Enumerable.Range(0, agents).Select(n => Task.Run(async () =>
    {
        var mine = took[n] = [];
        var pause = TimeSpan.FromSeconds((double)agents / rate);
        for (var due = pause * n / agents; due < length; due += pause)
        {
            var wait = due - Stopwatch.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            mine.Add(await TurnAsync(n, CancellationToken.None));
        }
    })));
    var all = took.SelectMany(t => t).Order().ToList();
    double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
    Console.WriteLine($"{all.Count / seconds:0} {all[all.Count / 2]:0.00} {all[(int)(all.Count * 0.99)]:0.00}");

    async Task<double> TurnAsync(int n, CancellationToken ct)
    {
        long start = Stopwatch.GetTimestamp();
        var answer = await stores[n].ClaimAsync(task.Id, $"host{n}", null, ct);
        double ms = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (answer.Claim is not { } claim) throw new InvalidOperationException($"The claim was answered {answer.Result}.");
        await stores[n].ReleaseAsync(task.Id, $"host{n}", claim.Token, ct);
        return ms;
    }
}

async Task IdleAsync(int agents, TimeSpan length)
{
    using var stop = new CancellationTokenSource();
    var driver = new LocalDriver(TimeProvider.System);
    var stores = await OpenAllAsync(agents);
    var running = stores.Select((s, n) => new Agent(
        new AgentOptions { Name = $"host{n}", Roots = ["/nowhere"] },
        new AgentContext(s, driver, null, TimeProvider.System) { Observe = _ => { } }).RunAsync(stop.Token)).ToList();
    await Task.Delay(TimeSpan.FromSeconds(15));
    long before = await CommandsAsync();
    await Task.Delay(length);
    long after = await CommandsAsync();
    Console.WriteLine($"{(after - before) / length.TotalSeconds / agents:0.000}");
    await stop.CancelAsync();
    await Task.WhenAll(running);
}

async Task<List<RedisTaskStore>> OpenAllAsync(int agents)
{
    var stores = Enumerable.Range(0, agents).Select(_ => Open()).ToList();
    await Parallel.ForEachAsync(stores.Index(), new ParallelOptions { MaxDegreeOfParallelism = 16 },
        async (s, ct) => await s.Item.ReportAsync($"host{s.Index}", null, ct));
    return stores;
}

// What the server has run for its clients, without what scripts have called.
async Task<long> CommandsAsync()
{
    using var redis = Process.Start(new ProcessStartInfo("redis-cli", ["-u", args[0], "info", "stats"]) { RedirectStandardOutput = true })!;
    string text = await redis.StandardOutput.ReadToEndAsync();
    return long.Parse(text.Split('\n').First(l => l.StartsWith("total_commands_processed:", StringComparison.Ordinal)).Split(':')[1]);
}
