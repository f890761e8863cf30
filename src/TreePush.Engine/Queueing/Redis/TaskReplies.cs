using StackExchange.Redis;
using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>Reads what the scripts return.</summary>
internal static class TaskReplies
{
    private static readonly string[] SpecFields = ["path", "size", "sha256", "slots", "attempts", "created"];

    public static ClaimAnswer ClaimAnswer(RedisResult reply)
    {
        var parts = (RedisResult[])reply!;
        return Enum.Parse<ClaimResult>((string)parts[0]!) switch
        {
            ClaimResult.Granted => new ClaimAnswer(ClaimResult.Granted, new Claim((string)parts[1]!, (long)parts[2], (int)parts[3])),
            var result and (ClaimResult.Later or ClaimResult.Held) => new ClaimAnswer(result, NotBefore: Time((long)parts[1])),
            ClaimResult.GivenUp => new ClaimAnswer(ClaimResult.GivenUp, Reason: (string?)parts[1]),
            var result => new ClaimAnswer(result),
        };
    }

    /// <param name="id">The task's.</param>
    /// <param name="reply">Its fields, in the order in which submit.lua returns them; or nothing.</param>
    public static TaskSpec? Spec(string id, RedisResult reply)
    {
        if (reply.IsNull) return null;
        var values = (string?[])reply!;
        return Spec(id, SpecFields.Zip(values, KeyValuePair.Create).ToDictionary());
    }

    /// <returns>Null if there is no such task.</returns>
    public static TaskSpec? Spec(string id, IReadOnlyDictionary<string, string?> fields)
    {
        if (fields.GetValueOrDefault("path") is not { } path) return null;
        return new TaskSpec(id, path, Number("size"), fields["sha256"]!, (int)Number("slots"), (int)Number("attempts"), Time(Number("created")));

        long Number(string field) => long.Parse(fields[field]!);
    }

    public static TaskState State(IReadOnlyDictionary<string, string?> fields) => Enum.Parse<TaskState>(fields["state"]!, ignoreCase: true);

    public static TaskView? View(string id, RedisResult reply)
    {
        if (reply.IsNull) return null;
        var parts = (RedisResult[])reply!;
        var fields = Fields(parts[1]);
        int round = int.Parse(fields["round"]!);
        var hosts = Fields(parts[2]).OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => HostRecord.Read(h.Key, h.Value!, round));
        return new TaskView(Spec(id, fields)!, State(fields), [.. hosts], Time((long)parts[0]));
    }

    public static TaskSummary? Summary(string id, RedisResult reply)
    {
        if (reply.IsNull) return null;
        var parts = (RedisResult[])reply!;
        var fields = Fields(parts[0]);
        var (finished, running, failed) = ((int)parts[1], (int)parts[2], (int)parts[3]);
        return new TaskSummary(Spec(id, fields)!, State(fields), finished, running, failed, Math.Max(0, (int)parts[4] - finished - running - failed));
    }

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static Dictionary<string, string?> Fields(RedisResult flat) =>
        ((string?[])flat!).Chunk(2).ToDictionary(pair => pair[0]!, pair => pair[1]);
}
