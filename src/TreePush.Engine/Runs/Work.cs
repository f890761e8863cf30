using System.Text.Json.Serialization;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Runs;

/// <summary>What a run is to do, besides what all runs have: <see cref="PushWork"/> or <see cref="SyncWork"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "job")]
[JsonDerivedType(typeof(PushWork), "push")]
[JsonDerivedType(typeof(SyncWork), "sync")]
public abstract record Work
{
    private protected Work() { }

    [JsonIgnore]
    public abstract JobKind Job { get; }

    /// <summary>Nothing is changed on any host.</summary>
    [JsonIgnore]
    public virtual bool IsDryRun => false;

    /// <summary>The same, as a dry run or as a real one, where the job itself has dry runs.</summary>
    public virtual Work WithDryRun(bool isDry) => this;
}
