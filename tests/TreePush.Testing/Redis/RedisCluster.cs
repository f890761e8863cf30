namespace TreePush.Testing;

/// <summary>Three real masters that share the slots, each with a replica where asked for.</summary>
public sealed class RedisCluster : IAsyncDisposable
{
    private const int Masters = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<RedisServer> _nodes = [];

    private RedisCluster()
    {
    }

    /// <summary>The masters at first, then their replicas.</summary>
    public IReadOnlyList<RedisServer> Nodes => _nodes;

    /// <summary>For <c>--redis</c>.</summary>
    public string Url => $"redis://{string.Join(',', _nodes.Select(n => $"{RedisServer.Address}:{n.Port}"))}";

    public static async Task<RedisCluster> StartAsync(int replicas, CancellationToken cancellationToken = default)
    {
        var cluster = new RedisCluster();
        try
        {
            var options = new RedisServerOptions { IsClusterNode = true };
            for (int i = 0; i < Masters * (1 + replicas); i++) cluster._nodes.Add(await RedisServer.StartAsync(options, cancellationToken));
            string[] addresses = [.. cluster._nodes.Select(n => $"{RedisServer.Address}:{n.Port}")];
            await cluster._nodes[0].AskAsync(["--cluster", "create", .. addresses, "--cluster-replicas", $"{replicas}", "--cluster-yes"], cancellationToken);
            await cluster.WaitUntilOkAsync(replicas, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <returns>The master that has the slot of this key.</returns>
    public async Task<RedisServer> MasterOfAsync(string key, CancellationToken cancellationToken = default)
    {
        foreach (var node in _nodes)
        {
            string answer = await node.AskAsync(["exists", key], cancellationToken);
            if (!answer.StartsWith("MOVED", StringComparison.Ordinal)) return node;
        }

        throw new InvalidOperationException($"No node has the slot of {key}.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
    }

    private async Task WaitUntilOkAsync(int replicas, CancellationToken cancellationToken)
    {
        foreach (var node in _nodes)
        {
            string state = "";
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            while (!IsReady(state)) state = await node.AskAsync(["cluster", "info"], limit.Token) + "\n" + await node.AskAsync(["cluster", "nodes"], limit.Token);
        }

        bool IsReady(string state) => state.Contains("cluster_state:ok", StringComparison.Ordinal)
            && state.Split("slave").Length - 1 == Masters * replicas;
    }
}
