using System.Text.Json;
using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>What the scripts keep of a host, as JSON (common.lua).</summary>
internal static class HostRecord
{
    /// <param name="name">The host.</param>
    /// <param name="json">Its record.</param>
    /// <param name="round">The task's. What a host did in an earlier one is shown as the scripts will see it at its next call.</param>
    public static TaskHost Read(string name, string json, int round)
    {
        using var document = JsonDocument.Parse(json);
        var record = document.RootElement;
        var progress = Enum.Parse<HostProgress>(record.GetProperty("progress").GetString()!, ignoreCase: true);
        int attempts = record.GetProperty("attempts").GetInt32();
        var ended = Time("ended");
        string? reason = Text("reason");
        if (record.GetProperty("round").GetInt32() != round && progress != HostProgress.Finished)
        {
            if (progress == HostProgress.Failed) (progress, ended) = (HostProgress.Waiting, null);
            (attempts, reason) = (progress == HostProgress.Running ? 1 : 0, null);
        }

        return new TaskHost(name, Text("zone"), progress, Text("source"), attempts, Time("since"), ended, reason, record.GetProperty("busy").GetInt32());

        string? Text(string field) => record.TryGetProperty(field, out var value) ? value.GetString() : null;

        DateTimeOffset? Time(string field) => record.TryGetProperty(field, out var value) ? DateTimeOffset.FromUnixTimeMilliseconds(value.GetInt64()) : null;
    }
}
