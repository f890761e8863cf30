using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;
using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>
/// The names of keys and channels. The keys of a task share a hash tag, so that a cluster keeps them on one node: <c>{PREFIX:ID}:NAME</c>. The plain task
/// has its sets under the names that people know, without a prefix; they have no tag in common, so that a cluster can't have it.
/// </summary>
internal sealed class TaskKeys(string prefix)
{
    public const string PlainKey = "task";

    private const int IdLength = 12;

    public string Prefix => prefix;

    /// <summary>All tasks, by when they were created.</summary>
    public RedisKey Tasks => $"{prefix}:tasks";

    /// <summary>The open ones of them.</summary>
    public RedisKey OpenTasks => $"{prefix}:open";

    /// <summary>The newest task of each path.</summary>
    public RedisKey Paths => $"{prefix}:paths";

    /// <summary>Agents, by when they were seen.</summary>
    public RedisKey Agents => $"{prefix}:agents";

    /// <summary>Zone and version of each agent.</summary>
    public RedisKey AgentDetails => $"{prefix}:agents:details";

    /// <summary>A message comes when a task was submitted or cancelled.</summary>
    public string Wake => $"{prefix}:wake";

    /// <summary>A message comes when a slot may be free for this host.</summary>
    public string WakeOf(string host) => $"{prefix}:wake:{host}";

    public RedisKey TaskOf(string id) => IsPlain(id) ? $"{prefix}:{TaskSpec.PlainId}:task" : $"{{{prefix}:{id}}}:task";

    /// <summary>The keys of a task in the order in which the scripts have them (common.lua).</summary>
    public RedisKey[] Of(string id)
    {
        if (!IsPlain(id)) return [.. Names.Select(name => (RedisKey)$"{{{prefix}:{id}}}:{name}")];
        var own = Names.Select(name => (RedisKey)(name.EndsWith("_queue", StringComparison.Ordinal) ? name : $"{prefix}:{TaskSpec.PlainId}:{name}"));
        return [.. own, PlainKey, "lookup", Tasks, OpenTasks, Agents, Paths];
    }

    /// <summary>The same content at the same path is the same task.</summary>
    public static string IdOf(TaskDraft draft)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{draft.Path}\n{draft.Size}\n{draft.Sha256}"));
        return Convert.ToHexStringLower(hash)[..IdLength];
    }

    private static string[] Names => ["task", "synchronize_queue", "running_queue", "finished_queue", "leases", "free", "waiters", "failed", "hosts", "zones"];

    private static bool IsPlain(string id) => id == TaskSpec.PlainId;
}
