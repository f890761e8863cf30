using System.Text.Json;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Queueing;

/// <summary>A Redis server and hosts with rsync daemons, on which a test starts agents and submits a file.</summary>
internal sealed class AgentPlace : IAsyncDisposable
{
    private readonly List<RunningProgram> _agents = [];

    private AgentPlace(AgentFleet fleet, RedisServer redis) => (Fleet, Redis) = (fleet, redis);

    public AgentFleet Fleet { get; }

    public RedisServer Redis { get; }

    /// <summary>The file of the task, as the hosts see it.</summary>
    public string File => $"{Fleet.DataPath}/f";

    /// <summary>Pulls as the default command does, but not before the host has a file called go.</summary>
    public string Held => $"until [ -e {Fleet.DataPath}/go ]; do sleep 0.05; done; rsync -t \"rsync://$TPUSH_SRC/treepush$TPUSH_PATH\" \"$TPUSH_PATH\"";

    /// <param name="hosts">The first of them has the file.</param>
    public static async Task<AgentPlace> StartAsync(int hosts, RedisServerOptions? redis = null)
    {
        var place = new AgentPlace(await AgentFleet.StartAsync(hosts), await RedisServer.StartAsync(redis ?? new RedisServerOptions()));
        await System.IO.File.WriteAllBytesAsync(OnHost(place.Fleet.Hosts[0], "f"), Content);
        return place;
    }

    /// <summary>Starts an agent that the place ends.</summary>
    public RunningProgram StartAgent(AgentHost host, params string[] more)
    {
        var agent = host.Start(Workplace.Program, AgentArguments(host, more), Environment());
        _agents.Add(agent);
        return agent;
    }

    public Task<ProgramResult> RunAgentAsync(AgentHost host, params string[] more) => host.RunAsync(Workplace.Program, AgentArguments(host, more), Environment());

    /// <summary>Submits the file from the first host, which serves it.</summary>
    public RunningProgram Submit(params string[] more)
    {
        var submit = Fleet.Hosts[0].Start(Workplace.Program, ["submit", File, "--name", Fleet.Hosts[0].Name, .. more], Environment());
        _agents.Add(submit);
        return submit;
    }

    /// <returns>The task's id.</returns>
    public async Task<string> SubmitAsync(params string[] more) => (await Submit(more).WaitForExitAsync()).ShouldSucceed().Output.Trim();

    public Task<ProgramResult> TasksAsync(params string[] words) => Fleet.Hosts[0].RunAsync(Workplace.Program, ["tasks", .. words], Environment());

    /// <summary>The task as <c>tasks ID --json</c> shows it.</summary>
    public async Task<JsonElement> ViewAsync(string task)
    {
        using var json = JsonDocument.Parse((await TasksAsync(task, "--json")).ShouldSucceed().Output);
        return json.RootElement.Clone();
    }

    /// <summary>Lets held transfers of a host go on.</summary>
    public static void Release(AgentHost host) => System.IO.File.WriteAllText(OnHost(host, "go"), "");

    public static bool HasFile(AgentHost host) => System.IO.File.Exists(OnHost(host, "f")) && System.IO.File.ReadAllBytes(OnHost(host, "f")).AsSpan().SequenceEqual(Content);

    /// <summary>What an agent has started on the host, and still runs.</summary>
    public static IReadOnlyList<FleetProcess> Started(AgentHost host) => [.. host.Processes().Where(p => !p.CommandLine.Contains("--state", StringComparison.Ordinal))];

    public static Task UntilTellsAsync(RunningProgram agent, string happened) =>
        Wait.UntilAsync(() => agent.Output.Text.Contains($"\"{happened}\"", StringComparison.Ordinal), Patience.WithHeartbeats, () => $"no {happened}: {agent.Output.Text}{agent.Error.Text}");

    public async Task UntilHasFileAsync(params AgentHost[] hosts)
    {
        foreach (var host in hosts) await Wait.UntilAsync(() => HasFile(host), Patience.WithHeartbeats, () => $"{host.Name} has no file: {Told()}");
    }

    /// <summary>The members of one of the sets of the task that the plain keys name, in order.</summary>
    public async Task<string[]> SetAsync(string key) => [.. (await Redis.AskAsync(["smembers", key])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents) await agent.DisposeAsync();
        await Fleet.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private static byte[] Content { get; } = [.. Enumerable.Range(0, 1 << 20).Select(i => (byte)(i * 2_654_435_761u >> 24))];

    private static string OnHost(AgentHost host, string name) => Path.Combine(host.DataDirectory, name);

    private string[] AgentArguments(AgentHost host, string[] more) =>
        ["agent", "--name", host.Name, "--state", host.StateDirectory, "--json", .. more.Contains("--root") || more.Contains("--serve") ? [] : new[] { "--root", Fleet.DataPath }, .. more];

    private ProgramOptions Environment() => new() { Environment = new Dictionary<string, string?> { ["TREEPUSH_REDIS"] = Redis.Url } };

    private string Told() => string.Join('\n', _agents.Select(a => a.Error.Text));
}
