using System.Text.Json.Serialization;
using TreePush.Core.Runs;
using TreePush.Engine.Pushing;
using TreePush.Engine.Syncing;

namespace TreePush.Engine.Runs;

/// <summary>The options of a job: <see cref="PushWork"/> or <see cref="SyncWork"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "job")]
[JsonDerivedType(typeof(PushWork), "push")]
[JsonDerivedType(typeof(SyncWork), "sync")]
public abstract record Work
{
    private protected Work() { }

    [JsonIgnore]
    public abstract JobKind Job { get; }

    /// <summary>The run changes nothing on any host.</summary>
    [JsonIgnore]
    public virtual bool IsDryRun => false;

    /// <summary>The same work as a dry run or as a real one. Jobs without dry runs return themselves.</summary>
    public virtual Work WithDryRun(bool isDry) => this;
}
