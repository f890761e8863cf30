using System.Text.Json.Serialization;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Pushing;

/// <summary>What a push was asked to do. Its command is <see cref="RunRequest.Command"/>.</summary>
public sealed record PushWork : Work
{
    [JsonIgnore]
    public override JobKind Job => JobKind.Push;

    /// <summary>Transfers at once on a source (<c>-m</c>); null to find the number.</summary>
    public int? Slots { get; init; } = PushPolicy.DefaultSlots;

    /// <summary>How often a target is tried again (<c>-r</c>).</summary>
    public int Retries { get; init; }

    /// <summary>Transfers at once over all sources.</summary>
    public int MaxTransfers { get; init; } = new PushPolicy().MaxTransfers;

    /// <summary>The limit for one transfer; null for none.</summary>
    public TimeSpan? Timeout { get; init; }
}
