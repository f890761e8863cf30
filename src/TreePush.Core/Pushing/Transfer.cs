namespace TreePush.Core.Pushing;

/// <summary>One source, one target, one attempt.</summary>
/// <param name="Id">The number of the transfer in the run, from 1.</param>
/// <param name="Attempt">The number of the transfer among those of its target, from 1.</param>
public sealed record Transfer(int Id, Host Source, Host Target, int Attempt)
{
    /// <summary>Whether the source's zone is known and differs from the target's.</summary>
    public bool CrossesZones => Source.Placement.Zone is { } from && from != Target.Placement.Zone;

    public override string ToString() => $"{Source} → {Target}";
}
