using System.Text.Json.Serialization;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Pushing;

/// <summary>The options of a push. Its command is <see cref="RunRequest.Command"/>.</summary>
public sealed record PushWork : Work
{
    [JsonIgnore]
    public override JobKind Job => JobKind.Push;

    /// <summary>Concurrent transfers per source (<c>-m</c>); null to find the number.</summary>
    public int? Slots { get; init; } = PushPolicy.DefaultSlots;

    /// <summary>How often a failed target is retried (<c>-r</c>).</summary>
    public int Retries { get; init; }

    /// <summary>Concurrent transfers on all sources together.</summary>
    public int MaxTransfers { get; init; } = new PushPolicy().MaxTransfers;

    /// <summary>The time limit for one transfer; null for none.</summary>
    public TimeSpan? Timeout { get; init; }
}
